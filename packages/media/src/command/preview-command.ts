import type { PreviewPlan } from '../preview/plan-preview.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { ownMp4Options } from './own-mp4-options.ts';

/** Enough to see movement, and half the bytes of 25. */
const framesPerSecond = 12;

/**
 * Makes an animated WebP of a finished rendition that repeats for ever, without audio. Each moment is an input of its own: ffmpeg then
 * decodes from the key frame before it instead of the whole film.
 */
export function previewCommand(
  { moments, size }: PreviewPlan,
  renditionPath: string,
  target: string,
): FfmpegCommand {
  return {
    logLevel: 'error',
    input: moments.map(({ startSeconds, durationSeconds }) => ({
      path: renditionPath,
      options: [...ownMp4Options, '-ss', startSeconds.toFixed(3), '-t', durationSeconds.toFixed(3)],
    })),
    filterGraph: [
      {
        inputs: moments.map((_, index) => `${index}:v:0`),
        filters: [
          `concat=n=${moments.length}`,
          `fps=${framesPerSecond}`,
          // WebP is BT.601 in limited range. Source: RFC 9649, 2.5.
          `scale=${size.width}:${size.height}:flags=area:out_color_matrix=bt601:out_range=tv`,
          'format=yuv420p,setsar=1',
        ],
        outputs: ['preview'],
      },
    ],
    outputs: [
      {
        target,
        options: [
          ...['-map', '[preview]', '-c:v', 'libwebp_anim', '-quality', '50', '-compression_level', '4'],
          ...['-loop', '0', '-f', 'webp'],
        ],
      },
    ],
  };
}
