import type { SignatureFailure, SignatureFailureReason } from '../../sigv4/signature-failure.ts';
import { S3Error, type S3ErrorCode } from '../s3-error.ts';

const codeByReason: Readonly<Record<SignatureFailureReason, S3ErrorCode>> = {
  unsigned: 'AccessDenied',
  malformed: 'AuthorizationHeaderMalformed',
  'unknown-access-key': 'InvalidAccessKeyId',
  'token-mismatch': 'InvalidToken',
  'clock-skewed': 'RequestTimeTooSkewed',
  'not-yet-valid': 'AccessDenied',
  expired: 'AccessDenied',
  'header-not-signed': 'AccessDenied',
  'body-mismatch': 'XAmzContentSHA256Mismatch',
  'signature-mismatch': 'SignatureDoesNotMatch',
};

/** The error of S3 for a signature that is not accepted. */
export function signatureError({ reason, message }: SignatureFailure, nowMillis: number): S3Error {
  // Clients correct their clock by it.
  const details = reason === 'clock-skewed' ? { ServerTime: new Date(nowMillis).toISOString() } : {};
  return new S3Error(codeByReason[reason], message, { details });
}

export function accessDenied(principalArn: string, action: string, resourceArn: string): S3Error {
  return new S3Error(
    'AccessDenied',
    `User: ${principalArn} is not authorized to perform: ${action} on resource: "${resourceArn}"`,
  );
}
