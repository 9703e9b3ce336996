import { previewFileName } from '@fyrestream/events';
import { planPreview, previewCommand, type VideoTrackManifest } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import type { VersionFiles } from '../version-files.ts';

/** Makes the animated preview from a finished rendition. */
export async function makePreview(
  { scratch, ffmpeg }: JobContext,
  files: VersionFiles,
  { path, track }: { path: string; track: VideoTrackManifest },
  signal: AbortSignal,
): Promise<void> {
  const target = await scratch.path(previewFileName);
  const command = previewCommand(planPreview(track), path, target);
  await ffmpeg.run(command, { signal, limits: processLimits('finish') });
  await files.addFile(previewFileName, target);
}
