import { compareKeys, firstIndex } from './key-order.ts';
import { currentObject, type ObjectIndex } from './object-index.ts';
import type { ObjectVersion } from './object-version.ts';

export interface ListRequest {
  readonly prefix: string;
  /** '' for none. */
  readonly delimiter: string;
  readonly after: ListPosition;
  /** 0 to 1000. */
  readonly maxKeys: number;
}

export interface ListPage {
  readonly objects: readonly ObjectVersion[];
  readonly commonPrefixes: readonly string[];
  /** The end of the page; set where more pages follow. */
  readonly next: ListPosition | undefined;
}

/** A place in the list: after a key ('' for the start), or after all keys below a common prefix. */
export type ListPosition = { readonly key: string } | { readonly prefix: string };

/**
 * One page of ListObjects and ListObjectsV2, which name the start of a page differently.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function listObjects(index: ObjectIndex, request: ListRequest): ListPage {
  const { prefix, delimiter, after, maxKeys } = request;
  const objects: ObjectVersion[] = [];
  const commonPrefixes: string[] = [];
  let at = Math.max(
    indexAfter(index.keys, after),
    firstIndex(index.keys, (key) => compareKeys(key, prefix) >= 0),
  );
  let last: ListPosition | undefined;
  for (let key = index.keys[at]; key?.startsWith(prefix); key = index.keys[at]) {
    const object = currentObject(index, key);
    if (object === undefined) {
      at++;
      continue;
    }
    if (objects.length + commonPrefixes.length >= maxKeys) {
      return { objects, commonPrefixes, next: last };
    }
    const commonPrefix = commonPrefixOf(key, prefix, delimiter);
    if (commonPrefix === undefined) {
      objects.push(object);
      last = { key };
      at++;
    } else {
      commonPrefixes.push(commonPrefix);
      last = { prefix: commonPrefix };
      at = indexAfter(index.keys, last, at);
    }
  }
  return { objects, commonPrefixes, next: undefined };
}

/** The part of the key up to the first delimiter after the prefix; undefined where there is none. */
export function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

function indexAfter(keys: readonly string[], position: ListPosition, from = 0): number {
  if ('key' in position) return firstIndex(keys, (key) => compareKeys(key, position.key) > 0, from);
  const { prefix } = position;
  return firstIndex(keys, (key) => compareKeys(key, prefix) > 0 && !key.startsWith(prefix), from);
}
