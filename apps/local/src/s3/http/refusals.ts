import type { RefusalReason, SignatureRefusal } from '../../sigv4/signature-refusal.ts';
import { S3Error, type S3ErrorCode } from '../s3-error.ts';

const codeByReason: Readonly<Record<RefusalReason, S3ErrorCode>> = {
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

/** A refused signature in the words of S3. */
export function signatureError(refusal: SignatureRefusal): S3Error {
  return new S3Error(codeByReason[refusal.reason], refusal.message);
}

export function accessDenied(principalArn: string, action: string, resourceArn: string): S3Error {
  return new S3Error(
    'AccessDenied',
    `User: ${principalArn} is not authorized to perform: ${action} on resource: "${resourceArn}"`,
  );
}
