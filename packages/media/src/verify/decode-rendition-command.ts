import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import { envelopeOutputOptions } from './audio-envelope.ts';
import {
  type FrameSignatureSize,
  frameSignatureFilter,
  frameSignatureOutputOptions,
} from './frame-signature.ts';

const ownFile = (path: string) => ({ path, options: ['-protocol_whitelist', 'file', '-f', 'mov'] });

/**
 * Decodes a finished MP4 completely, once: every frame is written as a frame signature, which also counts frames, and
 * the audio as samples for an envelope. Messages of decoders are printed to stderr at level `error`.
 */
export function decodeRenditionCommand(
  path: string,
  targets: { video?: { target: string; size: FrameSignatureSize }; audioTarget?: string },
): FfmpegCommand {
  const { video, audioTarget } = targets;
  return {
    logLevel: 'level+error',
    input: [ownFile(path)],
    outputs: [
      ...(video
        ? [
            {
              target: video.target,
              options: [
                '-map',
                '0:v:0',
                '-vf',
                frameSignatureFilter(video.size),
                ...frameSignatureOutputOptions,
              ],
            },
          ]
        : []),
      ...(audioTarget === undefined
        ? []
        : [{ target: audioTarget, options: ['-map', '0:a:0', ...envelopeOutputOptions] }]),
    ],
  };
}

/**
 * Hashes the packets of files without decoding them: an MP4 must have the same packets as the segments it was made
 * from.
 */
export function hashPacketsCommand(paths: readonly string[], target: string): FfmpegCommand {
  return {
    logLevel: 'level+error',
    input: paths.map(ownFile),
    outputs: [
      {
        target,
        options: [
          ...paths.flatMap((_, index) => ['-map', `${index}`]),
          '-c',
          'copy',
          '-f',
          'streamhash',
          '-hash',
          'md5',
        ],
      },
    ],
  };
}

/** The hashes that `hashPacketsCommand` wrote, in the order of the streams of all files: `0,v,MD5=…` */
export function readPacketHashes(text: string): { kind: string; hash: string }[] {
  return [...text.matchAll(/^\d+,([a-z]),MD5=([0-9a-f]+)$/gm)].map(([, kind = '', hash = '']) => ({
    kind,
    hash,
  }));
}
