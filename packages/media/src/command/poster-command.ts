import type { FfmpegCommand } from './ffmpeg-command.ts';

/**
 * A JPEG from a finished rendition (never from the source: its bytes are foreign and decode slowly). Only
 * key frames are decoded; black and nearly black ones are passed over, then the one nearest to the average
 * of the first is taken. `anyFrame` is for videos that are black throughout.
 */
export function posterCommand(
  renditionPath: string,
  target: string,
  { anyFrame = false }: { anyFrame?: boolean } = {},
): FfmpegCommand {
  // Average luma above 32 of 255: limited range black is 16.
  const notBlack = 'signalstats,metadata=select:key=lavfi.signalstats.YAVG:value=32:function=greater';
  return {
    // JPEG is full range; ffmpeg warns of its own pixel format for it.
    logLevel: 'error',
    input: [
      { path: renditionPath, options: ['-protocol_whitelist', 'file', '-f', 'mov', '-skip_frame', 'nokey'] },
    ],
    outputs: [
      {
        target,
        options: [
          ...['-map', '0:v:0', '-vf', [...(anyFrame ? [] : [notBlack]), 'thumbnail=n=10'].join(',')],
          ...['-frames:v', '1', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-f', 'image2', '-update', '1'],
        ],
      },
    ],
  };
}
