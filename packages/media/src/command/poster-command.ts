import type { FfmpegCommand } from './ffmpeg-command.ts';
import { jpegColours, jpegOptions } from './jpeg-options.ts';

/** Average luma above 32 of 255: limited range black is 16. */
const brightKeyFrame =
  'signalstats,metadata=select:key=lavfi.signalstats.YAVG:value=32:function=greater,thumbnail=n=10';
/** Every sixth frame, 30 of them: the filter keeps all it chooses from in memory. */
const typicalFrame = "select='not(mod(n,6))',thumbnail=n=30";

/**
 * A JPEG from a finished rendition (never from the source: its bytes are foreign and decode slowly). Only
 * key frames are decoded; black and nearly black ones are passed over, then the one nearest to the average
 * of the first ten is taken. Writes nothing where all of them are black; `anyFrame` then takes the most
 * typical frame of the first seconds, whatever it shows.
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
        options: ['-protocol_whitelist', 'file', '-f', 'mov', ...(anyFrame ? [] : ['-skip_frame', 'nokey'])],
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
