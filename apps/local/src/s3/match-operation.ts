import { checksumAlgorithms, checksumHeader } from './core/checksum.ts';
import { type Operation, operations, type ResourceLevel } from './operations.ts';
import { S3Error } from './s3-error.ts';

/** Headers that every request may have: signature, encoding and checksums of the body, user agent. */
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

export interface OperationRequest {
  readonly method: string;
  readonly level: ResourceLevel;
  readonly query: ReadonlyMap<string, string>;
  readonly headerNames: readonly string[];
}

/**
 * Finds the operation of a request. Throws NotImplemented for anything that is not in the table, and MethodNotAllowed for
 * methods that S3 does not have at that level.
 */
export function matchOperation(request: OperationRequest): Operation {
  const candidates = operations.filter(
    ({ method, level }) => method === request.method && level === request.level,
  );
  if (candidates.length === 0) {
    throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
  }
  const [operation] = candidates
    .filter((candidate) => matches(candidate, request))
    .sort((a, b) => specificity(b) - specificity(a));
  if (operation === undefined) throw notImplemented('parameter', [...request.query.keys()]);
  const unknownParameters = [...request.query.keys()].filter((name) => !allowsQuery(operation, name));
  if (unknownParameters.length > 0) throw notImplemented('parameter', unknownParameters);
  const unknownHeaders = request.headerNames.filter((name) => !allowsHeader(operation, name));
  if (unknownHeaders.length > 0) throw notImplemented('header', unknownHeaders);
  return operation;
}

function matches(operation: Operation, request: OperationRequest): boolean {
  const hasQuery = Object.entries(operation.requires ?? {}).every(([name, value]) =>
    value === undefined ? request.query.has(name) : request.query.get(name) === value,
  );
  const { requiresHeader } = operation;
  return hasQuery && (requiresHeader === undefined || request.headerNames.includes(requiresHeader));
}

/** UploadPartCopy requires everything that UploadPart requires, and one more header. */
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

function notImplemented(kind: 'parameter' | 'header', names: readonly string[]): S3Error {
  const details = { [kind === 'header' ? 'Header' : 'Parameter']: names.join(', ') };
  return new S3Error(
    'NotImplemented',
    `A ${kind} you provided implies functionality that is not implemented: ${names.join(', ')}`,
    { details },
  );
}
