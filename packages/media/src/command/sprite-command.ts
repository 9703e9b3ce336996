import type { SpritePlan } from '../sprites/plan-sprites.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { jpegColours, jpegOptions } from './jpeg-options.ts';
import { ownMp4Options } from './own-mp4-options.ts';

/**
 * Makes the sprite sheets of a finished rendition. It is a separate run: in the graph of the encode, an output that
 * takes one of sixty frames makes ffmpeg 7 buffer all others in memory. Only key frames are decoded. `targetPattern`
 * ends in `spriteSheetPattern`; its other parts must not contain `%`.
 */
export function spriteCommand(plan: SpritePlan, renditionPath: string, targetPattern: string): FfmpegCommand {
  const { everyKeyFrames, tileSize, columns, rows } = plan;
  const filters = [
    `select='not(mod(n,${everyKeyFrames}))'`,
    `scale=${tileSize.width}:${tileSize.height}:flags=area:${jpegColours}`,
    'format=yuvj420p,setsar=1',
    `tile=${columns}x${rows}`,
  ];
  return {
    logLevel: 'error',
    input: [{ path: renditionPath, options: [...ownMp4Options, '-skip_frame', 'nokey'] }],
    outputs: [
      {
        target: targetPattern,
        options: [
          ...['-map', '0:v:0', '-vf', filters.join(',')],
          ...['-fps_mode', 'passthrough', '-q:v', '5', ...jpegOptions],
        ],
      },
    ],
  };
}
