import type { ListedObject } from '@fyrestream/cloud';
import {
  FyrestreamError,
  ignoredObjectKind,
  matchesPattern,
  reasonFrom,
  uploadKey,
  uploadPrefix,
} from '@fyrestream/events';
import pMap from 'p-map';
import type { Stack } from '../stack/stack.ts';
import { waitForRoom } from '../stack/wait-for-room.ts';
import { admitInPlace } from './admit-in-place.ts';
import type { BackfillCandidate, BackfilledObject, BackfillResult } from './backfilled-object.ts';
import { copyToSourceBucket } from './copy-to-source-bucket.ts';

export interface BackfillRequest {
  readonly bucket: string;
  /** Beginning of the keys; without it, all of the bucket, or all uploads of the source bucket. */
  readonly prefix: string;
  /** Of the path below `videos/`; null for all. */
  readonly pattern: string | null;
  /** The folder below `videos/` for copies, without slashes at its ends; empty for none. */
  readonly folder: string;
  /** Added to the metadata of copies. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Messages that wait in the upload queue at most, besides those of one page. */
  readonly maxWaiting: number;
  /** Only reports. */
  readonly dryRun: boolean;
}

/** Objects that are worked on between two looks at the queue. */
const pageObjects = 100;
const concurrentObjects = 8;

/** Whether the objects are uploads already: those of the source bucket below `videos/`. */
export function isInPlace(
  { sourceBucket }: Pick<Stack, 'sourceBucket'>,
  { bucket, prefix }: Pick<BackfillRequest, 'bucket' | 'prefix'>,
): boolean {
  return bucket === sourceBucket && (prefix === '' || prefix.startsWith(uploadPrefix));
}

/**
 * Admits objects that S3 sent no event for: in the source bucket where they are, from elsewhere by a copy. It does a page at a time and
 * goes on when few messages wait in the upload queue, so that an upload of somebody else is not behind thousands. It keeps no
 * state: an object that is done is recognised, so a run that was interrupted is repeated.
 * @param report called for each object, in the order in which they are done
 * @throws FyrestreamError `bucket-not-listed`; the failure of one object is its outcome
 */
export async function backfill(
  stack: Pick<Stack, 'ledger' | 'store' | 'copier' | 'queues' | 'sourceBucket'>,
  request: BackfillRequest,
  report: (object: BackfilledObject) => void,
  signal: AbortSignal,
): Promise<void> {
  const inPlace = isInPlace(stack, request);
  const handle = (candidate: BackfillCandidate) =>
    inPlace ? admitInPlace(stack, candidate, request) : copyToSourceBucket(stack, candidate, request);
  const isSidecar = ({ key, sizeBytes }: BackfillCandidate) =>
    ignoredObjectKind(key, sizeBytes) === 'sidecar';
  // What lies beside a video is copied first: a video is planned with what is there.
  const passes = inPlace ? [() => true] : [isSidecar, (one: BackfillCandidate) => !isSidecar(one)];
  for (const belongs of passes) {
    for await (const page of listCandidates(stack, request)) {
      const candidates = page.filter(
        (one) =>
          belongs(one) &&
          (request.pattern === null || matchesPattern(one.key.slice(uploadPrefix.length), request.pattern)),
      );
      if (!request.dryRun) await waitForRoom(stack.queues.uploads, request.maxWaiting, signal);
      await pMap(
        candidates,
        async (candidate) => {
          signal.throwIfAborted();
          const { bucket, listedKey, key, sizeBytes } = candidate;
          const result = await resultOf(candidate, handle, { copiesSidecars: !inPlace });
          report({ from: `s3://${bucket}/${listedKey}`, key, sizeBytes, ...result });
        },
        { concurrency: concurrentObjects },
      );
    }
  }
}

async function* listCandidates(
  { store, sourceBucket }: Pick<Stack, 'store' | 'sourceBucket'>,
  request: BackfillRequest,
): AsyncGenerator<BackfillCandidate[]> {
  const inPlace = isInPlace({ sourceBucket }, request);
  const prefix = inPlace && request.prefix === '' ? uploadPrefix : request.prefix;
  const root = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const folder = request.folder === '' ? '' : `${request.folder}/`;
  for (let startAfter: string | undefined; ; ) {
    const page = await listPage(store, request.bucket, prefix, startAfter);
    yield page.map(({ key, sizeBytes, lastModified }) => ({
      ...{ bucket: request.bucket, listedKey: key, sizeBytes, lastModified },
      key: inPlace ? key : uploadKey(`${folder}${key.slice(root.length)}`),
    }));
    startAfter = page.at(-1)?.key;
    if (startAfter === undefined || page.length < pageObjects) return;
  }
}

async function listPage(
  store: Stack['store'],
  bucket: string,
  prefix: string,
  startAfter: string | undefined,
): Promise<ListedObject[]> {
  try {
    return await store.list(bucket, prefix, {
      limit: pageObjects,
      ...(startAfter !== undefined && { startAfter }),
    });
  } catch (cause) {
    throw new FyrestreamError({
      code: 'bucket-not-listed',
      message: `s3://${bucket}/${prefix} cannot be listed: ${cause instanceof Error ? cause.message : cause}. Check its name and the permissions s3:ListBucket and s3:GetObject.`,
      retryable: false,
      cause,
    });
  }
}

async function resultOf(
  candidate: BackfillCandidate,
  handle: (candidate: BackfillCandidate) => Promise<BackfillResult>,
  { copiesSidecars }: { copiesSidecars: boolean },
): Promise<BackfillResult> {
  const kind = ignoredObjectKind(candidate.key, candidate.sizeBytes);
  if (kind !== null && !(kind === 'sidecar' && copiesSidecars)) {
    const reason = { code: kind, message: `Its name is not that of an upload: ${kind}.`, retryable: false };
    return { outcome: 'ignored', reason };
  }
  try {
    return await handle(candidate);
  } catch (error) {
    return { outcome: 'failed', reason: reasonFrom(error) };
  }
}
