/** One decoded `name=value` of a query string; a bare `?acl` has the value ''. */
export type QueryParameter = readonly [name: string, value: string];

export interface RequestTarget {
  /** As received, never normalised, because `..` and `//` are legal in S3 keys. */
  readonly rawPath: string;
  readonly query: readonly QueryParameter[];
}

/**
 * Splits an HTTP request target (`/bucket/key?list-type=2`) and leaves the path as it is.
 * Returns undefined where a percent escape is invalid or is not UTF-8.
 */
export function parseRequestTarget(url: string): RequestTarget | undefined {
  const mark = url.indexOf('?');
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  const rawQuery = mark < 0 ? '' : url.slice(mark + 1);
  const query: QueryParameter[] = [];
  for (const pair of rawQuery.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decodePercent((equals < 0 ? pair : pair.slice(0, equals)).replaceAll('+', ' '));
    const value = decodePercent(equals < 0 ? '' : pair.slice(equals + 1).replaceAll('+', ' '));
    if (name === undefined || value === undefined) return undefined;
    query.push([name, value]);
  }
  return { rawPath, query };
}

/** Decodes `%XX` as UTF-8; undefined where it is invalid. */
export function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
