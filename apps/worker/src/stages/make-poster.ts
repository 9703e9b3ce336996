import { stat } from 'node:fs/promises';
import { posterFileName } from '@fyrestream/events';
import { posterCommand } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { processLimits } from '../sandbox/process-limits.ts';

/**
 * Makes the poster: the frame at the wanted time, or the last one where there is none so late; without such a time a frame that is not
 * black, or any frame if all are black.
 */
export async function makePoster(
  { scratch, ffmpeg }: JobContext,
  videoPath: string,
  wantedSeconds: number | undefined,
  signal: AbortSignal,
): Promise<string> {
  const path = await scratch.path(posterFileName);
  const limits = processLimits('finish');
  const [first, second] =
    wantedSeconds === undefined
      ? (['bright', 'typical'] as const)
      : ([{ seconds: wantedSeconds }, 'last'] as const);
  await ffmpeg.run(posterCommand(videoPath, path, first), { signal, limits, toleratesFailure: true });
  const isThere = await stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
  if (!isThere) await ffmpeg.run(posterCommand(videoPath, path, second), { signal, limits });
  return path;
}
