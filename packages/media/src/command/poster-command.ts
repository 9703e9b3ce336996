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
 * the first ten. Writes nothing if all of them are black; `anyFrame` then takes the most typical frame of the first
 * seconds, black or not.
 */
export function posterCommand(
  renditionPath: string,
  target: string,
  { anyFrame = false }: { anyFrame?: boolean } = {},
): FfmpegCommand {
  return {
    logLevel: 'error',
    input: [
      {
        path: renditionPath,
        options: [...ownMp4Options, ...(anyFrame ? [] : ['-skip_frame', 'nokey'])],
      },
    ],
    outputs: [
      {
        target,
        options: [
          ...['-map', '0:v:0', '-vf', `${anyFrame ? typicalFrame : brightKeyFrame},scale=${jpegColours}`],
          ...['-frames:v', '1', '-q:v', '3', ...jpegOptions, '-update', '1'],
        ],
      },
    ],
  };
}
