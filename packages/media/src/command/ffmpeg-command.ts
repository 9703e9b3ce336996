/** One run of ffmpeg as data: what is read, how it is filtered, what is written. */
export interface FfmpegCommand {
  /** `warning` unless a reader needs what ffmpeg says at a higher level. */
  logLevel?: string;
  input: { path: string; options: string[] }[];
  /** One graph for all video, so that the source is decoded once. */
  filterGraph?: string;
  outputs: { target: string; options: string[] }[];
}

/** The argv, without the program's own name. */
export function toArguments({ logLevel = 'warning', input, filterGraph, outputs }: FfmpegCommand): string[] {
  return [
    // Never waits for a keyboard, never asks before it overwrites, says only what matters.
    ...['-hide_banner', '-nostdin', '-y', '-nostats', '-v', logLevel],
    ...input.flatMap(({ path, options }) => [...options, '-i', path]),
    ...(filterGraph === undefined ? [] : ['-filter_complex', filterGraph]),
    ...outputs.flatMap(({ target, options }) => [...options, target]),
  ];
}
