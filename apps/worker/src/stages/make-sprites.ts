import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  FyrestreamError,
  spriteSheetFileName,
  spriteSheetPattern,
  spriteTrackFileName,
} from '@fyrestream/events';
import { planSprites, renderSpriteTrack, spriteCommand, type VideoTrackManifest } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import type { VersionFiles } from '../version-files.ts';

/**
 * Makes the thumbnails of the seek bar: sheets of key frames of a finished rendition, and WebVTT cues with the position
 * of each thumbnail.
 * @throws FyrestreamError `sprites-incomplete` if ffmpeg did not write the planned number of sheets
 */
export async function makeSprites(
  { scratch, ffmpeg }: JobContext,
  files: VersionFiles,
  { path, track }: { path: string; track: VideoTrackManifest },
  signal: AbortSignal,
): Promise<void> {
  const plan = planSprites(track);
  const target = await scratch.path('sprites', spriteSheetPattern);
  await ffmpeg.run(spriteCommand(plan, path, target), { signal, limits: processLimits('finish') });
  const made = await readdir(dirname(target));
  if (made.length !== plan.sheetCount) {
    throw new FyrestreamError({
      code: 'sprites-incomplete',
      message: `ffmpeg wrote ${made.length} thumbnail sheets instead of ${plan.sheetCount}.`,
      retryable: true,
    });
  }
  for (let sheet = 1; sheet <= plan.sheetCount; sheet++) {
    const fileName = spriteSheetFileName(sheet);
    await files.addFile(fileName, join(dirname(target), fileName));
  }
  await files.addText(spriteTrackFileName, renderSpriteTrack(plan));
}
