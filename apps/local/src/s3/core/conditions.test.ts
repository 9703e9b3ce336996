import { describe, expect, it } from 'vitest';
import { evaluateReadConditions, evaluateWriteConditions } from './conditions.ts';
import type { ObjectVersion } from './object-version.ts';

const object: ObjectVersion = {
  key: 'a',
  versionId: 'null',
  sequence: 1,
  kind: 'object',
  eTag: 'abc',
  sizeBytes: 1,
  lastModifiedMillis: Date.parse('2026-11-23T10:00:00Z'),
};
const then = 'Mon, 23 Nov 2026 10:00:00 GMT';
const before = 'Mon, 23 Nov 2026 09:59:59 GMT';

describe('evaluateReadConditions', () => {
  it.each([
    [{}, 'proceed'],
    [{ ifMatch: '"abc"' }, 'proceed'],
    [{ ifMatch: 'abc' }, 'proceed'],
    [{ ifMatch: '"x", "abc"' }, 'proceed'],
    [{ ifMatch: '*' }, 'proceed'],
    [{ ifMatch: '"x"' }, 'PreconditionFailed'],
    [{ ifNoneMatch: '"abc"' }, 'NotModified'],
    [{ ifNoneMatch: '"x"' }, 'proceed'],
    [{ ifModifiedSince: then }, 'NotModified'],
    [{ ifModifiedSince: before }, 'proceed'],
    [{ ifUnmodifiedSince: then }, 'proceed'],
    [{ ifUnmodifiedSince: before }, 'PreconditionFailed'],
    [{ ifMatch: '"abc"', ifUnmodifiedSince: before }, 'proceed'],
    [{ ifNoneMatch: '"abc"', ifModifiedSince: before }, 'NotModified'],
    [{ ifNoneMatch: '"x"', ifModifiedSince: then }, 'proceed'],
    [{ ifModifiedSince: 'yesterday' }, 'proceed'],
  ])('%j → %s', (conditions, decision) => {
    expect(evaluateReadConditions(conditions, object)).toBe(decision);
  });
});

describe('evaluateWriteConditions', () => {
  it.each([
    [{}, object, false, 'proceed'],
    [{}, object, true, 'proceed'],
    [{ ifNoneMatch: '*' }, undefined, false, 'proceed'],
    [{ ifNoneMatch: '*' }, object, false, 'PreconditionFailed'],
    [{ ifNoneMatch: '*' }, undefined, true, 'ConditionalRequestConflict'],
    [{ ifNoneMatch: '"abc"' }, undefined, false, 'NotImplemented'],
    [{ ifMatch: '"abc"' }, object, false, 'proceed'],
    [{ ifMatch: '"x"' }, object, false, 'PreconditionFailed'],
    [{ ifMatch: '"abc"' }, undefined, false, 'NoSuchKey'],
    [{ ifMatch: '"abc"' }, undefined, true, 'ConditionalRequestConflict'],
    [{ ifMatch: '"abc"', ifNoneMatch: '*' }, object, false, 'NotImplemented'],
  ] as const)('%j of %j, deleted meanwhile %s → %s', (conditions, current, deletedMeanwhile, decision) => {
    expect(evaluateWriteConditions(conditions, current, deletedMeanwhile)).toBe(decision);
  });
});
