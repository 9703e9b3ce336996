import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import { ownMp4Options } from '../command/own-mp4-options.ts';
import { packetHashOutput } from '../command/packet-hashes.ts';
import { loudnessFilter } from '../loudness/loudness-filter.ts';
import { envelopeOutputOptions } from './audio-envelope.ts';
import {
  type FrameSignatureSize,
  frameSignatureFilter,
  frameSignatureOutputOptions,
} from './frame-signature.ts';

export interface DecodeTargets {
  readonly video?: { target: string; size: FrameSignatureSize };
  readonly audioTarget?: string;
  /** Gets text for `createLoudnessReader`. */
  readonly loudnessTarget?: string;
  /** Where the hash of the packets of each stream is written. */
  readonly packetHashTarget?: string;
  /** One thread needs a tenth less CPU time than several; ffmpeg chooses by default. */
  readonly threads?: number;
}

/**
 * Decodes a finished MP4 completely, once: every frame is written as a frame signature, which also counts frames, and
 * the audio as samples for an envelope. Messages of decoders are printed to stderr at level `error`.
 */
export function decodeRenditionCommand(path: string, targets: DecodeTargets): FfmpegCommand {
  const { video, audioTarget, loudnessTarget, packetHashTarget, threads } = targets;
  const decoder = threads === undefined ? [] : ['-threads', `${threads}`];
  return {
    logLevel: 'level+error',
    input: [{ path, options: [...decoder, ...ownMp4Options] }],
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
      ...(loudnessTarget === undefined
        ? []
        : [{ target: '-', options: ['-map', '0:a:0', '-af', loudnessFilter(loudnessTarget), '-f', 'null'] }]),
      ...(packetHashTarget === undefined ? [] : [packetHashOutput(['0'], packetHashTarget)]),
    ],
  };
}
