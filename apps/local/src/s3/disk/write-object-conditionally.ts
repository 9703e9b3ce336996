import { evaluateWriteConditions, type WriteConditions, type WriteDecision } from '../core/conditions.ts';
import { currentObject } from '../core/object-index.ts';
import { type Bucket, type ConditionalWrite, lockName } from './bucket.ts';
import { commitVersion, type NewObject, type VersionDraft } from './commit-version.ts';
import type { ObjectRecord } from './object-record.ts';
import type { Storage } from './storage.ts';

export interface ObjectWrite extends Omit<VersionDraft, 'object'> {
  readonly object: NewObject;
  readonly conditions: WriteConditions;
}

export type WriteOutcome =
  | { readonly written: true; readonly record: ObjectRecord }
  | { readonly written: false; readonly decision: Exclude<WriteDecision, 'proceed'> };

/** Registers a conditional write. Pass the result to `writeObjectConditionally`, then call `end`. */
export function trackConditionalWrite(bucket: Bucket, key: string, conditions: WriteConditions) {
  const write: ConditionalWrite = { key, deletedMeanwhile: false };
  const isConditional = conditions.ifMatch !== undefined || conditions.ifNoneMatch !== undefined;
  if (isConditional) bucket.conditionalWrites.add(write);
  return { write, end: () => bucket.conditionalWrites.delete(write) };
}

/** Makes staged content the newest version of a key, unless its conditions do not hold. */
export function writeObjectConditionally(
  storage: Storage,
  bucket: Bucket,
  write: ObjectWrite,
  conditional?: ConditionalWrite,
): Promise<WriteOutcome> {
  const { key } = write.object;
  return storage.lock.run(lockName(bucket, key), async () => {
    const current = currentObject(bucket.index, key);
    const decision = evaluateWriteConditions(write.conditions, current, conditional?.deletedMeanwhile);
    if (decision !== 'proceed') return { written: false, decision };
    const object = { ...write.object, kind: 'object' } as const;
    const record = await commitVersion(storage, bucket, { ...write, object });
    return { written: true, record };
  });
}
