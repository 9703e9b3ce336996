import { readFile, rm } from 'node:fs/promises';
import { subtitleFileName, trackFileKey } from '@fyrestream/events';
import {
  convertExtractedSubtitles,
  type EncodePlan,
  extractSubtitleCommand,
  type SubtitlePart,
  subtitlePartsOf,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { workFileHeaders } from '../object-headers.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import type { UnitContents } from '../unit-contents.ts';

/** Converts the text subtitles of the plan to WebVTT and stores them under the claim's token. */
export async function extractSubtitles(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
  sourcePath: string,
): Promise<UnitContents['subtitles']> {
  if (plan.subtitles.length === 0) return [];
  const { scratch, store, settings, ffmpeg, timers } = work;
  const pause = () => timers.sleep(0, claim.signal);
  const paths = new Map<string, string>();
  const pathOf = (trackId: string, part: string) => paths.get(`${trackId}.${part}`) ?? '';
  for (const track of plan.subtitles) {
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
  for (const track of plan.subtitles) {
    const { id, language, name, isForced } = track;
    const read = (part: SubtitlePart) => readFile(pathOf(id, part));
    const { webVtt, report } = await convertExtractedSubtitles(track, read, pause);
    const key = trackFileKey(claim, id, subtitleFileName);
    await store.put({ bucket: settings.outputBucket, key }, webVtt, workFileHeaders);
    const sizeBytes = Buffer.byteLength(webVtt);
    stored.push({ trackId: id, language, name, forced: isForced, sizeBytes, report });
  }
  await Promise.all([...paths.values()].map((path) => rm(path)));
  return stored;
}
