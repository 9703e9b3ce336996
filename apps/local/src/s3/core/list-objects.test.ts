import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeToken, encodeToken } from './continuation-token.ts';
import { compareKeys } from './key-order.ts';
import { type ListPosition, type ListRequest, listObjects } from './list-objects.ts';
import { listVersions } from './list-versions.ts';
import { emptyObjectIndex, insertVersion, type ObjectIndex } from './object-index.ts';
import type { ObjectVersion } from './object-version.ts';

/** Only a few letters, so that prefixes and delimiters occur in keys. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '🎬', '\ue000'), maxLength: 5 });
const key = text.filter((one) => one !== '');
const versions = fc.array(fc.record({ key, kind: fc.constantFrom('object', 'object', 'delete-marker') }), {
  maxLength: 30,
});

function indexOf(entries: readonly { key: string; kind: string }[]): ObjectIndex {
  const index = emptyObjectIndex();
  for (const [sequence, { key, kind }] of entries.entries()) {
    const version = {
      key,
      kind,
      sequence,
      versionId: `v${sequence}`,
      eTag: '',
      sizeBytes: 0,
      lastModifiedMillis: 0,
    };
    insertVersion(index, version as ObjectVersion);
  }
  return index;
}

/** The expected list, computed in a simple, slow way. */
function expected(index: ObjectIndex, prefix: string, delimiter: string, startAfter: string) {
  const visible = [...index.versions]
    .filter(
      ([one, all]) => all[0]?.kind === 'object' && one.startsWith(prefix) && compareKeys(one, startAfter) > 0,
    )
    .map(([one]) => one)
    .sort(compareKeys);
  const entries = visible.map((one) => {
    const end = delimiter === '' ? -1 : one.indexOf(delimiter, prefix.length);
    return end < 0 ? `key ${one}` : `prefix ${one.slice(0, end + delimiter.length)}`;
  });
  return [...new Set(entries)];
}

function collect(index: ObjectIndex, request: ListRequest): string[] {
  const entries: string[] = [];
  let after: ListPosition | undefined = request.after;
  for (let pages = 0; pages < 100; pages++) {
    const page = listObjects(index, { ...request, after });
    expect(page.objects.length).toBeLessThanOrEqual(request.maxKeys);
    const found = [
      ...page.objects.map((object) => ({ sort: object.key, entry: `key ${object.key}` })),
      ...page.commonPrefixes.map((prefix) => ({ sort: prefix, entry: `prefix ${prefix}` })),
    ];
    entries.push(...found.sort((a, b) => compareKeys(a.sort, b.sort)).map(({ entry }) => entry));
    if (page.next === undefined) break;
    after = decodeToken(encodeToken(page.next));
    if (after === undefined) break;
  }
  return entries;
}

describe('listObjects', () => {
  it('returns every object once for any page size', () => {
    const delimiter = fc.constantFrom('', '/', 'a', 'b/');
    fc.assert(
      fc.property(
        versions,
        text,
        delimiter,
        text,
        fc.integer({ min: 1, max: 4 }),
        (entries, prefix, by, after, maxKeys) => {
          const index = indexOf(entries);
          const request = { prefix, delimiter: by, after: { key: after }, maxKeys };
          expect(collect(index, request)).toEqual(expected(index, prefix, by, after));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has no further page where max-keys is 0', () => {
    const index = indexOf([{ key: 'a', kind: 'object' }]);
    const request = { prefix: '', delimiter: '', after: { key: '' }, maxKeys: 0 };
    expect(listObjects(index, request)).toEqual({ objects: [], commonPrefixes: [], next: undefined });
  });

  it('rejects invalid tokens', () => {
    expect(decodeToken('nonsense')).toBeUndefined();
  });
});

describe('listVersions', () => {
  it('returns every version once, newest first within a key', () => {
    fc.assert(
      fc.property(versions, text, fc.integer({ min: 1, max: 4 }), (entries, prefix, maxKeys) => {
        const index = indexOf(entries);
        const seen: string[] = [];
        let next: { keyMarker: string; versionIdMarker: string } | undefined = {
          keyMarker: '',
          versionIdMarker: '',
        };
        while (next !== undefined) {
          const page = listVersions(index, { prefix, delimiter: '', maxKeys, ...next });
          seen.push(
            ...page.versions.map(
              ({ version, isLatest }) => `${version.key} ${version.versionId} ${isLatest}`,
            ),
          );
          next = page.next;
        }
        const all = [...index.versions.entries()]
          .filter(([one]) => one.startsWith(prefix))
          .sort(([a], [b]) => compareKeys(a, b))
          .flatMap(([one, of]) => of.map(({ versionId }, place) => `${one} ${versionId} ${place === 0}`));
        expect(seen).toEqual(all);
      }),
    );
  });

  it('groups by delimiter across pages', () => {
    const index = indexOf(['a', 'b/1', 'b/2', 'c'].map((one) => ({ key: one, kind: 'object' })));
    const request = { prefix: '', delimiter: '/', maxKeys: 2, keyMarker: '', versionIdMarker: '' };
    const first = listVersions(index, request);
    expect([first.versions.map(({ version }) => version.key), first.commonPrefixes]).toEqual([['a'], ['b/']]);
    const second = listVersions(index, { ...request, ...first.next });
    expect([second.versions.map(({ version }) => version.key), second.commonPrefixes]).toEqual([['c'], []]);
  });
});
