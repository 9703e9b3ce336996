import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys } from './key-order.ts';
import {
  currentObject,
  emptyObjectIndex,
  findVersion,
  insertVersion,
  newestVersion,
  planDelete,
  removeVersion,
} from './object-index.ts';
import type { ObjectVersion } from './object-version.ts';

function version(key: string, versionId: string, sequence: number, kind: ObjectVersion['kind'] = 'object') {
  return { key, versionId, sequence, kind, eTag: String(sequence), sizeBytes: 1, lastModifiedMillis: 0 };
}

const step = fc.record({
  key: fc.constantFrom('a', 'b', 'é', '🎬'),
  versionId: fc.constantFrom('null', '1', '2'),
  insert: fc.boolean(),
});

describe('the object index', () => {
  it('keeps keys sorted, and the versions of each key newest first, after any changes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const index = emptyObjectIndex();
        for (const [sequence, { key, versionId, insert }] of steps.entries()) {
          if (insert) insertVersion(index, version(key, versionId, sequence));
          else removeVersion(index, key, versionId);
        }
        expect(index.keys).toEqual([...index.versions.keys()].sort(compareKeys));
        for (const versions of index.versions.values()) {
          const sequences = versions.map(({ sequence }) => sequence);
          expect(sequences).toEqual([...sequences].sort((a, b) => b - a));
          expect(new Set(versions.map(({ versionId }) => versionId)).size).toBe(versions.length);
          expect(versions).not.toEqual([]);
        }
      }),
    );
  });

  it('finds the current object', () => {
    const index = emptyObjectIndex();
    insertVersion(index, version('a', '1', 1));
    insertVersion(index, version('a', '2', 2, 'delete-marker'));
    expect(newestVersion(index, 'a')?.versionId).toBe('2');
    expect(currentObject(index, 'a')).toBeUndefined();
    expect(findVersion(index, 'a', '1')?.sequence).toBe(1);
    removeVersion(index, 'a', '2');
    expect(currentObject(index, 'a')?.versionId).toBe('1');
  });

  it('returns the null version that a new one replaces', () => {
    const index = emptyObjectIndex();
    expect(insertVersion(index, version('a', 'null', 1))).toBeUndefined();
    expect(insertVersion(index, version('a', 'null', 2))?.sequence).toBe(1);
    expect(index.versions.get('a')).toHaveLength(1);
  });
});

describe('planDelete', () => {
  const index = emptyObjectIndex();
  insertVersion(index, version('a', 'null', 1));
  insertVersion(index, version('a', '2', 2));

  it.each([
    ['unversioned', undefined, { kind: 'remove', version: version('a', 'null', 1) }],
    ['Enabled', undefined, { kind: 'insert-delete-marker' }],
    ['Suspended', undefined, { kind: 'insert-delete-marker' }],
    ['Enabled', '2', { kind: 'remove', version: version('a', '2', 2) }],
    ['Enabled', 'unknown', { kind: 'nothing' }],
  ] as const)('in a bucket that is %s, of version %s', (versioning, versionId, plan) => {
    expect(planDelete(index, versioning, 'a', versionId)).toEqual(plan);
  });

  it('does nothing for an unknown key, unless the bucket has versioning', () => {
    expect(planDelete(index, 'unversioned', 'b', undefined)).toEqual({ kind: 'nothing' });
    expect(planDelete(index, 'Enabled', 'b', undefined)).toEqual({ kind: 'insert-delete-marker' });
  });
});
