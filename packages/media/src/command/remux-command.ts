import type { FfmpegCommand } from './ffmpeg-command.ts';

/**
 * One progressive MP4 from streams that are encoded already (init and segments joined): nothing is
 * encoded twice. Both streams start at 0, so ffmpeg's shift of each input changes nothing.
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
          // The index goes to the front: playback begins with the first bytes.
          ...['-f', 'mp4', '-movflags', '+faststart'],
        ],
      },
    ],
  };
}
