import { compareKeys, firstIndex } from './key-order.ts';
import { commonPrefixOf } from './list-objects.ts';
import type { ObjectIndex } from './object-index.ts';
import type { ObjectVersion } from './object-version.ts';

export interface ListVersionsRequest {
  readonly prefix: string;
  readonly delimiter: string;
  readonly keyMarker: string;
  /** Continues after this version of `keyMarker`; '' continues with the next key. */
  readonly versionIdMarker: string;
  readonly maxKeys: number;
}

export interface ListVersionsPage {
  readonly versions: readonly { readonly version: ObjectVersion; readonly isLatest: boolean }[];
  readonly commonPrefixes: readonly string[];
  readonly next: { readonly keyMarker: string; readonly versionIdMarker: string } | undefined;
}

/**
 * One page of ListObjectVersions: keys in order, with the newest version of each key first.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
export function listVersions(index: ObjectIndex, request: ListVersionsRequest): ListVersionsPage {
  const { prefix, delimiter, keyMarker, versionIdMarker, maxKeys } = request;
  const versions: { version: ObjectVersion; isLatest: boolean }[] = [];
  const commonPrefixes: string[] = [];
  let last = { keyMarker, versionIdMarker };
  const from = keyMarker === '' ? prefix : keyMarker;
  for (let at = firstIndex(index.keys, (key) => compareKeys(key, from) >= 0); ; at++) {
    const key = index.keys[at];
    if (key === undefined || (!key.startsWith(prefix) && compareKeys(key, prefix) > 0)) break;
    if (!key.startsWith(prefix) || isCoveredByMarker(key, request)) continue;
    const commonPrefix = commonPrefixOf(key, prefix, delimiter);
    if (commonPrefix !== undefined && commonPrefix === commonPrefixes.at(-1)) continue;
    const all = index.versions.get(key) ?? [];
    const first = key === keyMarker ? 1 + all.findIndex((one) => one.versionId === versionIdMarker) : 0;
    for (const [offset, version] of (commonPrefix === undefined ? all : all.slice(0, 1)).entries()) {
      if (offset < first) continue;
      if (versions.length + commonPrefixes.length >= maxKeys) {
        return { versions, commonPrefixes, next: maxKeys === 0 ? undefined : last };
      }
      if (commonPrefix === undefined) {
        versions.push({ version, isLatest: offset === 0 });
        last = { keyMarker: key, versionIdMarker: version.versionId };
      } else {
        commonPrefixes.push(commonPrefix);
        last = { keyMarker: commonPrefix, versionIdMarker: '' };
      }
    }
  }
  return { versions, commonPrefixes, next: undefined };
}

/** A marker that is a common prefix covers all keys below it. */
function isCoveredByMarker(key: string, request: ListVersionsRequest): boolean {
  const { keyMarker, versionIdMarker, delimiter } = request;
  if (keyMarker === '') return false;
  if (key === keyMarker) return versionIdMarker === '';
  return delimiter !== '' && keyMarker.endsWith(delimiter) && key.startsWith(keyMarker);
}
