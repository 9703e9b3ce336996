import type { SpritePlan } from '../sprites/plan-sprites.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { jpegColours, jpegOptions } from './jpeg-options.ts';

/**
 * The sheets of a finished rendition. A run of its own: in the graph of the encode, an output that takes one
 * frame in sixty makes ffmpeg 7 hold all others back in memory. Only key frames are decoded.
 * `targetPattern` ends in `spriteSheetPattern`; nothing else in it may hold a `%`.
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
    input: [
      { path: renditionPath, options: ['-protocol_whitelist', 'file', '-f', 'mov', '-skip_frame', 'nokey'] },
    ],
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
