import type { ObjectStore } from '@fyrestream/cloud';
import {
  FyrestreamError,
  isOutputKeyTooLong,
  type Reason,
  reasonFrom,
  type TaskSize,
  type Upload,
} from '@fyrestream/events';
import {
  estimateCost,
  fargatePrices,
  MediaRefusal,
  refusalOf,
  sizeTask,
  sniffContainer,
  sniffLengthBytes,
} from '@fyrestream/media';
import type { MediaReader } from './read-media-info.ts';

/** What the door learns of an upload. */
export interface Inspection {
  readonly size: TaskSize;
  readonly costEstimateUsd: number | null;
  /** Set on positive evidence only; in doubt the worker decides. */
  readonly refusal: Reason | null;
}

export type SourceInspector = (upload: Upload) => Promise<Inspection>;

/** Failures of reading the object that will not pass by waiting. */
const finalReadFailures = new Set(['object-missing', 'object-archived', 'object-access-denied']);

/** Looks at the first bytes of an upload, by a few ranged reads: to size its task, and to refuse what is no media. */
export function createSourceInspector(store: ObjectStore, readMediaInfo: MediaReader): SourceInspector {
  return async function inspect(upload) {
    // Found out only when it is published otherwise, after all of the encoding.
    if (isOutputKeyTooLong(upload.key)) return refused(upload, keyTooLong);
    try {
      const head = await store.head(upload);
      if (head === null) return refused(upload, missing(upload));
      if (head.sizeBytes === 0) return refused(upload, reasonFrom(new MediaRefusal('empty-file')));
      const start = await store.readRange(upload, 0, Math.min(sniffLengthBytes, head.sizeBytes) - 1);
      const sniffed = sniffContainer(start);
      if (sniffed.kind === 'refused') return refused(upload, reasonFrom(refusalOf(sniffed)));
      const shape = await readMediaInfo(head.sizeBytes, (from, to) => store.readRange(upload, from, to));
      const known = { sizeBytes: head.sizeBytes, ...shape };
      const size = sizeTask(known);
      return {
        size,
        costEstimateUsd: estimateCost(known, size, fargatePrices.x86_64).dollars,
        refusal: null,
      };
    } catch (error) {
      if (error instanceof FyrestreamError && finalReadFailures.has(error.code))
        return refused(upload, reasonFrom(error));
      throw error;
    }
  };
}

function refused(upload: Upload, refusal: Reason): Inspection {
  return { size: sizeTask({ sizeBytes: upload.sizeBytes }), costEstimateUsd: null, refusal };
}

const keyTooLong: Reason = {
  code: 'key-too-long',
  message: 'Its name and folders are so long that what is made of it could not be stored: shorten them.',
  retryable: false,
};

function missing({ key }: Upload): Reason {
  return { code: 'object-missing', message: `${key} was deleted before it could be read.`, retryable: false };
}
