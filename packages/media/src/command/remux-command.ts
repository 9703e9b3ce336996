import type { FfmpegCommand } from './ffmpeg-command.ts';
import { ownMp4Options } from './own-mp4-options.ts';
import { packetHashOutput } from './packet-hashes.ts';

/**
 * Makes one progressive MP4 of encoded streams (init and segments joined) without encoding again. Both streams start at
 * 0, so ffmpeg does not shift either. The hashes of the packets that it reads are written beside it, for verification.
 */
export function remuxCommand(
  streams: { videoPath?: string; audioPath?: string },
  target: string,
  packetHashTarget: string,
  title: string | null = null,
): FfmpegCommand {
  const paths = [streams.videoPath, streams.audioPath].filter((path) => path !== undefined);
  const maps = paths.map((_, position) => `${position}:0`);
  return {
    input: paths.map((path) => ({ path, options: [...ownMp4Options] })),
    outputs: [
      {
        target,
        options: [
          ...maps.flatMap((map) => ['-map', map]),
          ...['-c', 'copy', '-map_metadata', '-1', '-map_chapters', '-1'],
          ...(title === null ? [] : ['-metadata', `title=${title}`]),
          // The index is moved to the front, so that playback can start with the first bytes.
          ...['-f', 'mp4', '-movflags', '+faststart'],
        ],
      },
      packetHashOutput(maps, packetHashTarget),
    ],
  };
}
