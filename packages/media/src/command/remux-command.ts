import type { FfmpegCommand } from './ffmpeg-command.ts';

/**
 * Makes one progressive MP4 of encoded streams (init and segments joined) without encoding again. Both streams start at
 * 0, so ffmpeg does not shift either.
 */
export function remuxCommand(
  streams: { videoPath?: string; audioPath?: string },
  target: string,
): FfmpegCommand {
  const paths = [streams.videoPath, streams.audioPath].filter((path) => path !== undefined);
  return {
    input: paths.map((path) => ({ path, options: ['-protocol_whitelist', 'file', '-f', 'mov'] })),
    outputs: [
      {
        target,
        options: [
          ...paths.flatMap((_, position) => ['-map', `${position}:0`]),
          ...['-c', 'copy', '-map_metadata', '-1', '-map_chapters', '-1'],
          // The index is moved to the front, so that playback can start with the first bytes.
          ...['-f', 'mp4', '-movflags', '+faststart'],
        ],
      },
    ],
  };
}
