import { stat } from 'node:fs/promises';
import { posterFileName } from '@fyrestream/events';
import { posterCommand } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { processLimits } from '../sandbox/process-limits.ts';

/** Makes the poster from a frame that is not black; from any frame if all are black. */
export async function makePoster(
  { scratch, ffmpeg }: JobContext,
  videoPath: string,
  signal: AbortSignal,
): Promise<string> {
  const path = await scratch.path(posterFileName);
  const limits = processLimits('finish');
  await ffmpeg.run(posterCommand(videoPath, path), { signal, limits, toleratesFailure: true });
  const isThere = await stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
  if (!isThere) await ffmpeg.run(posterCommand(videoPath, path, { anyFrame: true }), { signal, limits });
  return path;
}
