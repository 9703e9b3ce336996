import type { FfmpegCommand } from './ffmpeg-command.ts';
import { jpegColours, jpegOptions } from './jpeg-options.ts';
import { ownMp4Options } from './own-mp4-options.ts';

/** Average luma above 32 of 255: black is 16 in limited range. */
const brightKeyFrame =
  'signalstats,metadata=select:key=lavfi.signalstats.YAVG:value=32:function=greater,thumbnail=n=10';
/** Every sixth frame, 30 of them: the thumbnail filter buffers all frames that it compares. */
const typicalFrame = "select='not(mod(n,6))',thumbnail=n=30";

/**
 * Makes a JPEG from a finished rendition, not from the source, whose content is untrusted and slow to decode. Only key
 * frames are decoded; black and nearly black ones are skipped, then the filter takes the one closest to the average of
 * the first ten. Writes nothing if all of them are black; `typical` then takes the most typical frame of the first
 * seconds, black or not. A time takes the first frame from there on, and writes nothing behind the last one; `last` takes that.
 */
export function posterCommand(
  renditionPath: string,
  target: string,
  frame: 'bright' | 'typical' | 'last' | { readonly seconds: number } = 'bright',
): FfmpegCommand {
  const { seek, filters, options } = typeof frame === 'object' ? atTime(frame.seconds) : choices[frame];
  return {
    logLevel: 'error',
    input: [{ path: renditionPath, options: [...ownMp4Options, ...seek] }],
    outputs: [
      {
        target,
        options: [
          ...['-map', '0:v:0', '-vf', [...filters, `scale=${jpegColours}`].join(',')],
          ...[...options, '-q:v', '3', ...jpegOptions, '-update', '1'],
        ],
      },
    ],
  };
}

interface FrameChoice {
  readonly seek: readonly string[];
  readonly filters: readonly string[];
  readonly options: readonly string[];
}

const oneFrame = ['-frames:v', '1'];

const choices: Record<'bright' | 'typical' | 'last', FrameChoice> = {
  bright: { seek: ['-skip_frame', 'nokey'], filters: [brightKeyFrame], options: oneFrame },
  typical: { seek: [], filters: [typicalFrame], options: oneFrame },
  // Every frame of the last seconds is written over the one before.
  last: { seek: ['-sseof', '-2'], filters: [], options: [] },
};

function atTime(seconds: number): FrameChoice {
  return { seek: ['-ss', String(seconds)], filters: [], options: oneFrame };
}
