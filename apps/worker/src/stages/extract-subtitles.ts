import { readFile } from 'node:fs/promises';
import {
  addTimestampMap,
  type EncodePlan,
  extractSubtitleCommand,
  subtitleFileName,
} from '@fyrestream/media';
import { workDelivery } from '../delivery.ts';
import type { HeldClaim } from '../hold-claim.ts';
import type { JobContext } from '../job-context.ts';
import { trackFileKey } from '../stored-unit.ts';

/** Every text subtitle of the plan as WebVTT, stored under the claim's token. */
export async function extractSubtitles(
  work: JobContext,
  plan: EncodePlan,
  { claim, signal }: HeldClaim,
  sourcePath: string,
) {
  if (plan.subtitles.length === 0) return [];
  const { scratch, store, settings, ffmpeg } = work;
  const paths = new Map<string, string>();
  for (const { id } of plan.subtitles) paths.set(id, await scratch.path('subtitles', `${id}.vtt`));
  await ffmpeg.run(extractSubtitleCommand(plan, { sourcePath, targetFor: (id) => paths.get(id) ?? '' }), {
    signal,
  });
  return Promise.all(
    plan.subtitles.map(async ({ id, language, name, isForced }) => {
      const text = addTimestampMap(await readFile(paths.get(id) ?? '', 'utf8'));
      const key = trackFileKey(claim, id, subtitleFileName);
      await store.put({ bucket: settings.outputBucket, key }, text, workDelivery);
      return { trackId: id, language, name, forced: isForced, sizeBytes: Buffer.byteLength(text) };
    }),
  );
}
