import { unquoteETag } from './e-tag.ts';
import type { ObjectVersion } from './object-version.ts';

export interface ReadConditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
  readonly ifUnmodifiedSince?: string | undefined;
}

type Representation = Pick<ObjectVersion, 'eTag' | 'lastModifiedMillis'>;

/**
 * ETag conditions take precedence over dates, as in RFC 9110.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html
 */
export function evaluateReadConditions(
  conditions: ReadConditions,
  object: Representation,
): 'proceed' | 'NotModified' | 'PreconditionFailed' {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  if (ifMatch !== undefined) {
    if (!listsETag(ifMatch, object.eTag)) return 'PreconditionFailed';
  } else if (ifUnmodifiedSince !== undefined && isModifiedSince(object, ifUnmodifiedSince) === true) {
    return 'PreconditionFailed';
  }
  if (ifNoneMatch !== undefined) return listsETag(ifNoneMatch, object.eTag) ? 'NotModified' : 'proceed';
  if (ifModifiedSince !== undefined && isModifiedSince(object, ifModifiedSince) === false)
    return 'NotModified';
  return 'proceed';
}

export interface WriteConditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

export type WriteDecision =
  | 'proceed'
  | 'PreconditionFailed'
  | 'NoSuchKey'
  | 'ConditionalRequestConflict'
  | 'NotImplemented';

/**
 * Evaluates the conditions of a put, completion or copy just before it becomes visible.
 * `current` is undefined where there is no object or a delete marker; `deletedMeanwhile` means that the
 * key was deleted after this request started, to which S3 responds with 409.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function evaluateWriteConditions(
  conditions: WriteConditions,
  current: ObjectVersion | undefined,
  deletedMeanwhile = false,
): WriteDecision {
  const { ifMatch, ifNoneMatch } = conditions;
  if (ifMatch === undefined && ifNoneMatch === undefined) return 'proceed';
  if (ifNoneMatch !== undefined && (ifNoneMatch.trim() !== '*' || ifMatch !== undefined))
    return 'NotImplemented';
  if (deletedMeanwhile) return 'ConditionalRequestConflict';
  if (ifMatch === undefined) return current === undefined ? 'proceed' : 'PreconditionFailed';
  if (current === undefined) return 'NoSuchKey';
  return listsETag(ifMatch, current.eTag) ? 'proceed' : 'PreconditionFailed';
}

function listsETag(list: string, eTag: string): boolean {
  return list.trim() === '*' || list.split(',').some((one) => unquoteETag(one) === eTag);
}

/** HTTP dates have whole seconds. Undefined for an invalid date, which S3 ignores. */
function isModifiedSince(object: Representation, date: string): boolean | undefined {
  const sinceMillis = Date.parse(date);
  if (Number.isNaN(sinceMillis)) return undefined;
  return Math.floor(object.lastModifiedMillis / 1000) * 1000 > sinceMillis;
}
