import type { ObjectFacts, ObjectStore } from '@fyrestream/cloud';
import {
  FyrestreamError,
  type Reason,
  reasonFrom,
  type TaskSize,
  type Upload,
  unpublishableKeyReason,
} from '@fyrestream/events';
import { MediaRefusal, sniffContainer, sniffLengthBytes, sniffRefusal } from '@fyrestream/media';
import type { MediaReader } from '../media-info/read-media-info.ts';
import type { EstimatedMaking, JobEstimator } from './create-job-estimator.ts';

/** What the invoker finds out about an upload before its job is launched. */
export interface Inspection {
  readonly size: TaskSize;
  readonly costEstimateUsd: number | null;
  /** Set only if the upload is certainly no media; otherwise the worker decides. */
  readonly refusal: Reason | null;
}

/** @param making how the upload is made: it decides the estimates */
export type SourceInspector = (
  upload: Upload,
  object: ObjectFacts,
  making: EstimatedMaking,
) => Promise<Inspection>;

/** Read failures that a retry does not resolve. */
const finalReadFailures = new Set(['object-missing', 'object-archived']);

/** Inspects an upload with a few ranged reads, to choose its task size and to refuse what is no media. */
export function createSourceInspector(
  store: Pick<ObjectStore, 'readRange'>,
  readMediaInfo: MediaReader,
  estimateJob: JobEstimator,
): SourceInspector {
  const refused = (upload: Upload, refusal: Reason) => refusedInspection(upload, refusal, estimateJob);
  return async function inspect(upload, { sizeBytes }, making) {
    // Checked here, because otherwise only the publication would fail, after all encodes.
    const badKey = unpublishableKeyReason(upload.key);
    if (badKey !== null) return refused(upload, badKey);
    if (sizeBytes === 0) return refused(upload, reasonFrom(new MediaRefusal('empty-file')));
    try {
      const start = await store.readRange(upload, 0, Math.min(sniffLengthBytes, sizeBytes) - 1);
      const sniffed = sniffContainer(start);
      if (sniffed.kind === 'refused') return refused(upload, reasonFrom(sniffRefusal(sniffed)));
      const shape = await readMediaInfo(sizeBytes, (from, to) => store.readRange(upload, from, to));
      return { ...estimateJob({ sizeBytes, ...shape }, making), refusal: null };
    } catch (error) {
      if (error instanceof FyrestreamError && finalReadFailures.has(error.code))
        return refused(upload, reasonFrom(error));
      throw error;
    }
  };
}

/** If nothing is known but the number of bytes: the worker decides. */
export function unknownInspection(
  upload: Upload,
  estimateJob: JobEstimator,
  making: EstimatedMaking,
): Inspection {
  const badKey = unpublishableKeyReason(upload.key);
  return badKey === null
    ? { ...estimateJob({ sizeBytes: upload.sizeBytes }, making), refusal: null }
    : refusedInspection(upload, badKey, estimateJob);
}

export function refusedInspection(
  { sizeBytes }: Upload,
  refusal: Reason,
  estimateJob: JobEstimator,
): Inspection {
  return { size: estimateJob({ sizeBytes }).size, costEstimateUsd: null, refusal };
}
