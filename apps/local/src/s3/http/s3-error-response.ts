import { S3Error } from '../s3-error.ts';
import { writeXml } from '../xml/write-xml.ts';
import type { S3Response } from './s3-request.ts';

interface FailedRequest {
  readonly method: string;
  readonly resource: string;
  readonly requestId: string;
}

/** The response to a failure: the error document of S3, without a body for HEAD. Unexpected errors are a 500. */
export function s3ErrorResponse(
  error: unknown,
  request: FailedRequest,
): { response: S3Response; cause: unknown } {
  const known =
    error instanceof S3Error
      ? error
      : isDiskFull(error)
        ? new S3Error('ServiceUnavailable', 'The disk of the local cloud is full.', { cause: error })
        : new S3Error('InternalError', 'We encountered an internal error. Please try again.', {
            cause: error,
          });
  const { code, message, details } = known;
  const resource = request.resource.split('?')[0];
  const document = {
    Code: code,
    Message: message,
    ...details,
    Resource: resource,
    RequestId: request.requestId,
  };
  const body = writeXml('Error', { ...document, HostId: 'fyrestream-local' }, { withNamespace: false });
  const headers = { 'content-type': 'application/xml', ...known.headers };
  const isBodiless = request.method === 'HEAD' || known.status === 304;
  return {
    response: isBodiless ? { status: known.status, headers } : { status: known.status, headers, body },
    cause: known.cause ?? known,
  };
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
