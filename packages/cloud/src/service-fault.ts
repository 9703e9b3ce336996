import { FyrestreamError } from '@fyrestream/events';

/** A fault of a service, of the network or of this machine's clock. It can pass by itself and says nothing about an upload. */
export type ServiceFaultCode =
  | 'clock-skewed'
  | 'credentials-rejected'
  | 'service-throttled'
  | 'service-unavailable'
  | 'encryption-key-unavailable';

interface FaultKind {
  readonly code: ServiceFaultCode;
  readonly message: string;
  readonly names: readonly string[];
}

/**
 * Error codes of all services, by what is wrong.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html
 */
const faultKinds: readonly FaultKind[] = [
  {
    code: 'clock-skewed',
    message: 'The clock of this machine differs too much from that of AWS',
    names: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
  },
  {
    code: 'credentials-rejected',
    // Also the answers to a signature of a wrong time, and to keys that are being rotated.
    message: 'AWS did not accept the credentials, which may have expired or been rotated',
    names: [
      'ExpiredToken',
      'ExpiredTokenException',
      'InvalidToken',
      'TokenRefreshRequired',
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'MissingAuthenticationToken',
      'MissingAuthenticationTokenException',
      'SignatureDoesNotMatch',
      'InvalidSignatureException',
      'IncompleteSignature',
      'IncompleteSignatureException',
      'CredentialsProviderError',
    ],
  },
  {
    code: 'service-throttled',
    message: 'AWS limits the rate of requests',
    names: [
      'SlowDown',
      'Throttling',
      'ThrottlingException',
      'ThrottledException',
      'RequestThrottled',
      'RequestThrottledException',
      'RequestLimitExceeded',
      'TooManyRequestsException',
      'ProvisionedThroughputExceededException',
      'BandwidthLimitExceeded',
      'PriorRequestNotComplete',
      'KMS.ThrottlingException',
    ],
  },
  {
    code: 'service-unavailable',
    message: 'A service of AWS cannot be used now',
    names: [
      'InternalError',
      'InternalFailure',
      'InternalServerError',
      'InternalServiceError',
      'InternalException',
      'ServerException',
      'ServiceUnavailable',
      'ServiceUnavailableException',
      'RequestTimeout',
      'RequestTimeoutException',
      'TimeoutError',
      'OperationAborted',
      // Of the disk of a local cloud.
      'InsufficientStorage',
    ],
  },
];

/** Codes of the network errors of Node. */
const networkErrors = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** The key of an encrypted object: `KMS.DisabledException` of S3, `KMSInvalidStateException` of others. */
const keyErrors = /^KMS\.?[A-Z]/;

/**
 * Recognises a fault that passes by itself, by its code, in what an AWS client threw. The clients have repeated the call
 * already, and have corrected their clock (`systemClockOffset` of the SDK).
 * @returns the typed error; null if it is another error
 */
export function toServiceFault(error: unknown): FyrestreamError | null {
  if (!(error instanceof Error) || error instanceof FyrestreamError) return null;
  const kind = kindOf(error);
  if (kind === null) return null;
  const { code, message } = kind;
  return new FyrestreamError({
    code,
    message: `${message} (${error.name}: ${error.message.slice(0, 200)}).`,
    retryable: true,
    cause: error,
  });
}

function kindOf(error: Error): Pick<FaultKind, 'code' | 'message'> | null {
  const known = faultKinds.find(({ names }) => names.includes(error.name));
  if (known) return known;
  if (keyErrors.test(error.name)) {
    return { code: 'encryption-key-unavailable', message: 'The encryption key cannot be used now' };
  }
  const isNetworkError = 'code' in error && networkErrors.has(String(error.code));
  return isNetworkError || statusOf(error) >= 500 ? (faultKinds.at(-1) ?? null) : null;
}

function statusOf(error: Error): number {
  const metadata = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }) : {};
  return metadata.httpStatusCode ?? 0;
}

/** Whether a reason is such a fault: it never ends a job at once, and an attempt that it ends is no failure of the job. */
export function isServiceFault(code: string): boolean {
  return code === 'encryption-key-unavailable' || faultKinds.some((kind) => kind.code === code);
}

/** Whether a service refused the signature of a call, so that the call had no effect. */
export function isSignatureRefused(error: unknown): boolean {
  const code = toServiceFault(error)?.code;
  return code === 'clock-skewed' || code === 'credentials-rejected';
}
