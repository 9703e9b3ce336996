import { compareKeys, firstIndex } from './key-order.ts';
import { currentObject, type ObjectIndex } from './object-index.ts';
import type { ObjectVersion } from './object-version.ts';

export interface ListRequest {
  readonly prefix: string;
  /** '' for none. */
  readonly delimiter: string;
  /** Keys up to and including this one are skipped; '' for none. */
  readonly startAfter: string;
  readonly continuationToken: string | undefined;
  /** 0 to 1000. */
  readonly maxKeys: number;
}

export interface ListPage {
  readonly objects: readonly ObjectVersion[];
  readonly commonPrefixes: readonly string[];
  /** Set where more pages follow. */
  readonly nextToken: string | undefined;
}

/** The end of the last page: after a key, or after all keys below a common prefix. */
type Position = { readonly key: string } | { readonly prefix: string };

/**
 * One page of ListObjectsV2. Returns undefined for an invalid token.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function listObjects(index: ObjectIndex, request: ListRequest): ListPage | undefined {
  const { prefix, delimiter, maxKeys } = request;
  const start = startPosition(request);
  if (start === undefined) return undefined;
  const objects: ObjectVersion[] = [];
  const commonPrefixes: string[] = [];
  let at = Math.max(
    indexAfter(index.keys, start),
    firstIndex(index.keys, (key) => compareKeys(key, prefix) >= 0),
  );
  let last: Position | undefined;
  for (let key = index.keys[at]; key?.startsWith(prefix); key = index.keys[at]) {
    const object = currentObject(index, key);
    if (object === undefined) {
      at++;
      continue;
    }
    if (objects.length + commonPrefixes.length >= maxKeys) {
      return { objects, commonPrefixes, nextToken: last && encodeToken(last) };
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
  return { objects, commonPrefixes, nextToken: undefined };
}

/** The part of the key up to the first delimiter after the prefix; undefined where there is none. */
export function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

function indexAfter(keys: readonly string[], position: Position, from = 0): number {
  if ('key' in position) return firstIndex(keys, (key) => compareKeys(key, position.key) > 0, from);
  const { prefix } = position;
  return firstIndex(keys, (key) => compareKeys(key, prefix) > 0 && !key.startsWith(prefix), from);
}

function startPosition(request: ListRequest): Position | undefined {
  if (request.continuationToken === undefined) return { key: request.startAfter };
  const text = Buffer.from(request.continuationToken, 'base64url').toString('utf8');
  if (text.startsWith('k')) return { key: text.slice(1) };
  return text.startsWith('p') ? { prefix: text.slice(1) } : undefined;
}

function encodeToken(position: Position): string {
  const text = 'key' in position ? `k${position.key}` : `p${position.prefix}`;
  return Buffer.from(text, 'utf8').toString('base64url');
}
