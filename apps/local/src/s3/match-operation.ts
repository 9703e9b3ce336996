import { checksumAlgorithms, checksumHeader } from './core/checksum.ts';
import { type Operation, operations, type ResourceLevel } from './operations.ts';
import { S3Error } from './s3-error.ts';

/** Understood on every request: its signature, its body's encoding and checksums, who sent it. */
const commonHeaders: ReadonlySet<string> = new Set([
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-security-token',
  'x-amz-trailer',
  'x-amz-user-agent',
  ...checksumAlgorithms.map(checksumHeader),
]);

export interface Addressed {
  readonly method: string;
  readonly level: ResourceLevel;
  readonly query: ReadonlyMap<string, string>;
  readonly headerNames: readonly string[];
}

/**
 * Finds the one operation a request asks for. Refuses with NotImplemented what is in no row of the table,
 * and with MethodNotAllowed methods that S3 does not have at that level.
 */
export function matchOperation(request: Addressed): Operation {
  const candidates = operations.filter(
    ({ method, level }) => method === request.method && level === request.level,
  );
  if (candidates.length === 0) {
    throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
  }
  const [operation] = candidates
    .filter((candidate) => isMeant(candidate, request))
    .sort((a, b) => specificity(b) - specificity(a));
  if (operation === undefined) throw notImplemented('parameter', describeQuery(request));
  const strangeQuery = [...request.query.keys()].filter((name) => !allowsQuery(operation, name));
  if (strangeQuery.length > 0) throw notImplemented('parameter', strangeQuery);
  const strangeHeaders = request.headerNames.filter((name) => !allowsHeader(operation, name));
  if (strangeHeaders.length > 0) throw notImplemented('header', strangeHeaders);
  return operation;
}

function isMeant(operation: Operation, request: Addressed): boolean {
  const hasQuery = Object.entries(operation.requires ?? {}).every(([name, value]) =>
    value === undefined ? request.query.has(name) : request.query.get(name) === value,
  );
  const { requiresHeader } = operation;
  return hasQuery && (requiresHeader === undefined || request.headerNames.includes(requiresHeader));
}

/** UploadPartCopy asks for all that UploadPart asks for and one thing more. */
function specificity(operation: Operation): number {
  return Object.keys(operation.requires ?? {}).length + (operation.requiresHeader === undefined ? 0 : 1);
}

function allowsQuery(operation: Operation, name: string): boolean {
  return name in (operation.requires ?? {}) || (operation.allowsQuery ?? []).includes(name);
}

function allowsHeader(operation: Operation, name: string): boolean {
  if (!name.startsWith('x-amz-') || commonHeaders.has(name)) return true;
  return (operation.allowsHeaders ?? []).some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
}

function notImplemented(what: 'parameter' | 'header', names: readonly string[]): S3Error {
  const details = { [what === 'header' ? 'Header' : 'Parameter']: names.join(', ') };
  return new S3Error(
    'NotImplemented',
    `A ${what} you provided implies functionality that is not implemented: ${names.join(', ')}`,
    { details },
  );
}

/** A bare `GET /bucket` is the first version of ListObjects, which nobody should need any more. */
function describeQuery({ query }: Addressed): string[] {
  return query.size === 0 ? ['none, where list-type=2 or another is expected'] : [...query.keys()];
}
