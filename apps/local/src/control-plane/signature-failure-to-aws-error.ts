import type { SignatureFailure } from '../sigv4/signature-failure.ts';
import { AwsError } from './aws-error.ts';
import type { AwsService } from './aws-service.ts';

/**
 * The error response of the JSON services to a request whose signature is not accepted.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
 */
export function signatureFailureToAwsError(refusal: SignatureFailure, service: AwsService): AwsError {
  const status = service.errorCodeIn === 'header' || service.name === 'sqs' ? 403 : 400;
  return new AwsError(codes[refusal.reason], refusal.message, status);
}

const codes: Record<SignatureFailure['reason'], string> = {
  unsigned: 'MissingAuthenticationTokenException',
  malformed: 'IncompleteSignatureException',
  'unknown-access-key': 'UnrecognizedClientException',
  'token-mismatch': 'UnrecognizedClientException',
  'clock-skewed': 'InvalidSignatureException',
  'not-yet-valid': 'InvalidSignatureException',
  expired: 'InvalidSignatureException',
  'header-not-signed': 'InvalidSignatureException',
  'body-mismatch': 'InvalidSignatureException',
  'signature-mismatch': 'InvalidSignatureException',
};

/** `ecs` in `20130524/us-east-1/ecs/aws4_request`. */
export function serviceOfScope(scope: string): string {
  return scope.split('/')[2] ?? '';
}
