import { readFile, rm } from 'node:fs/promises';
import {
  convertExtractedSubtitles,
  type EncodePlan,
  embeddedSubtitles,
  extractSubtitleCommand,
  type SubtitlePart,
  subtitlePartsOf,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import type { UnitContents } from '../unit-contents.ts';
import { storeSubtitles } from './store-subtitles.ts';

/** Converts the text subtitles that are streams of the source to WebVTT and stores them under the claim's token. */
export async function extractSubtitles(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
  sourcePath: string,
): Promise<UnitContents['subtitles']> {
  const tracks = embeddedSubtitles(plan);
  if (tracks.length === 0) return [];
  const { scratch, ffmpeg, timers } = work;
  const pause = () => timers.sleep(0, claim.signal);
  const paths = new Map<string, string>();
  const pathOf = (trackId: string, part: string) => paths.get(`${trackId}.${part}`) ?? '';
  for (const track of tracks) {
    for (const part of subtitlePartsOf(track)) {
      const name = `${track.id}.${part}`;
      paths.set(name, await scratch.path('subtitles', name));
    }
  }
  await ffmpeg.run(extractSubtitleCommand(plan, { sourcePath, targetFor: pathOf }), {
    signal: claim.signal,
    limits: processLimits('subtitles', {
      sourceBytes: work.job.upload.sizeBytes,
      fileCount: paths.size,
    }),
  });
  const stored: UnitContents['subtitles'] = [];
  for (const track of tracks) {
    const read = (part: SubtitlePart) => readFile(pathOf(track.id, part));
    stored.push(
      await storeSubtitles(
        work,
        claim,
        track,
        await convertExtractedSubtitles(track, read, pause, plan.trim),
      ),
    );
  }
  await Promise.all([...paths.values()].map((path) => rm(path)));
  return stored;
}
