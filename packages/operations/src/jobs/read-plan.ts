import {
  certificateFileName,
  FyrestreamError,
  type JobRecord,
  planKey,
  planUnitId,
  versionPrefix,
} from '@fyrestream/events';
import { type EncodePlan, encodePlanSchema } from '@fyrestream/media';
import type { Stack } from '../stack/stack.ts';

/**
 * The plan of a job: as its worker stored it, or as the certificate of the published version repeats it, because intermediate
 * files are kept for some days only.
 * @throws FyrestreamError `plan-missing`
 */
export async function readPlan(
  { ledger, store, outputBucket }: Pick<Stack, 'ledger' | 'store' | 'outputBucket'>,
  job: JobRecord,
): Promise<EncodePlan> {
  const unit = await ledger.readUnit(job.jobId, planUnitId);
  const keys = [
    ...(unit?.state === 'done' ? [planKey(unit)] : []),
    ...(job.publication === null || job.outputs === null
      ? []
      : [`${versionPrefix(job.jobId, job.publication.token)}${certificateFileName}`]),
  ];
  for (const key of keys) {
    const text = await store.readText({ bucket: outputBucket, key }).catch(nullIfMissing);
    // It is beside the source facts, in the file of a unit and in a certificate.
    if (text !== null) return encodePlanSchema.parse(JSON.parse(text).plan);
  }
  throw new FyrestreamError({
    code: 'plan-missing',
    message: `Job ${job.jobId} has no plan: it is not made yet, or it was removed with the intermediate files.`,
    retryable: false,
  });
}

function nullIfMissing(error: unknown): null {
  if (error instanceof FyrestreamError && error.code === 'object-missing') return null;
  throw error;
}
