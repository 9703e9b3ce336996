import type { FfmpegCommand, Output } from './ffmpeg-command.ts';
import { ownMp4Options } from './own-mp4-options.ts';

/** The MD5 of all packets of one stream, and its kind: `v` or `a`. */
export interface PacketHash {
  readonly kind: string;
  readonly hash: string;
}

/**
 * An output that hashes the packets of streams without decoding them
 * (https://ffmpeg.org/ffmpeg-formats.html#streamhash-1). It joins a run that reads these streams anyway.
 */
export function packetHashOutput(streamSpecifiers: readonly string[], target: string): Output {
  const maps = streamSpecifiers.flatMap((specifier) => ['-map', specifier]);
  return { target, options: [...maps, '-c', 'copy', '-f', 'streamhash', '-hash', 'md5'] };
}

/** Hashes the packets of all streams of a finished MP4. */
export function hashPacketsCommand(path: string, target: string): FfmpegCommand {
  return { input: [{ path, options: [...ownMp4Options] }], outputs: [packetHashOutput(['0'], target)] };
}

/** Parses what `packetHashOutput` wrote, in the order of the streams: `0,v,MD5=…` */
export function readPacketHashes(text: string): PacketHash[] {
  return [...text.matchAll(/^\d+,([a-z]),MD5=([0-9a-f]+)$/gm)].map(([, kind = '', hash = '']) => ({
    kind,
    hash,
  }));
}
