import { posterFileName } from '@fyrestream/events';
import { spriteSource, type TrackManifest } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import type { StoredPlan } from '../stored-plan.ts';
import type { VersionFiles } from '../version-files.ts';
import type { GatheredTracks } from './gather-tracks.ts';
import { makePoster } from './make-poster.ts';
import { makePreview } from './make-preview.ts';
import { makeSprites } from './make-sprites.ts';

/** Whether `makeImages` needs the file of a track. */
export function hasImages(
  { plan }: StoredPlan,
  { presentation }: GatheredTracks,
  track: TrackManifest,
): boolean {
  const isPosterSource = track === presentation.video[0] && plan.outputs.includes('poster');
  const isSpriteSource = track === spriteSource(presentation);
  return (
    isPosterSource ||
    (isSpriteSource && (plan.outputs.includes('thumbnails') || plan.outputs.includes('preview')))
  );
}

/** Makes the wanted images from the finished file of a track: the poster from the first rendition, thumbnails and preview from a small one. */
export async function makeImages(
  work: JobContext,
  {
    stored: { plan },
    tracks: { presentation },
    files,
    path,
    track,
  }: { stored: StoredPlan; tracks: GatheredTracks; files: VersionFiles; path: string; track: TrackManifest },
  signal: AbortSignal,
): Promise<void> {
  if (track === presentation.video[0] && plan.outputs.includes('poster')) {
    await files.addFile(posterFileName, await makePoster(work, path, plan.posterSeconds, signal));
  }
  const spriteTrack = spriteSource(presentation);
  if (track !== spriteTrack) return;
  const small = { path, track: spriteTrack };
  if (plan.outputs.includes('thumbnails')) await makeSprites(work, files, small, signal);
  if (plan.outputs.includes('preview')) await makePreview(work, files, small, signal);
}
