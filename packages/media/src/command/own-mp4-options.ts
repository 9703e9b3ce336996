/** Input options for an MP4 that the worker made: only this format, and no other file. */
export const ownMp4Options = ['-protocol_whitelist', 'file', '-f', 'mov'] as const;
