import { FyrestreamError, type JobRecord } from '@fyrestream/events';
import { besideKeyPrefix, chooseAudioFiles, chooseCaptionFiles, isAudioBeside } from '@fyrestream/media';
import { readPlan } from '../jobs/read-plan.ts';
import type { Stack } from '../stack/stack.ts';

/**
 * The keys of caption and audio files beside an upload that came, or were replaced, after its job was planned: what is published does
 * not have them. Of the first thousand objects beside it. Empty where the job has no plan.
 */
export async function listLateFiles(
  stack: Pick<Stack, 'ledger' | 'store' | 'outputBucket'>,
  job: JobRecord,
): Promise<string[]> {
  const { bucket, key: sourceKey } = job.upload;
  const listed = await stack.store.list(bucket, besideKeyPrefix(sourceKey));
  const found = [chooseCaptionFiles(sourceKey, listed), chooseAudioFiles(sourceKey, listed)];
  const beside = found.flatMap(({ files, refused }) => [...files, ...refused]);
  if (beside.length === 0) return [];
  const plan = await readPlan(stack, job).catch(nullIfNoPlan);
  if (plan === null) return [];
  const isLate = async (key: string) => {
    const planned = [...plan.captionFiles, ...plan.audioFiles].find((file) => file.key === key);
    return planned === undefined || (await stack.store.head({ bucket, key }))?.etag !== planned.etag;
  };
  const isFilm = plan.video !== null;
  const keys = beside
    .map(({ key }) => key)
    .filter((key) => isFilm || !isAudioBeside(key))
    .toSorted();
  const late = await Promise.all(keys.map(isLate));
  return keys.filter((_, index) => late[index]);
}

function nullIfNoPlan(error: unknown): null {
  if (error instanceof FyrestreamError && error.code === 'plan-missing') return null;
  throw error;
}
