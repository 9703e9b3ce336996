import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@aws-sdk/types';

/** The AWS services that Fyrestream calls. */
export type ServiceName = 's3' | 'dynamodb' | 'sqs' | 'lambda' | 'ecs' | 'eventbridge' | 'logs';

/**
 * Where AWS is and who calls. What is left out the SDK finds by itself: region, credentials and endpoints from the
 * environment (`AWS_REGION`, `AWS_ENDPOINT_URL_S3` …), which is how Lambda, Fargate and the local cloud provide them.
 */
export interface Connection {
  readonly region?: string;
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined;
  readonly endpoints?: Partial<Record<ServiceName, string>>;
}

/** Attempts of one call by the SDK itself, with its backoff, before the caller sees the error. */
const maxAttempts = 5;

/** The constructor arguments of the client of one service. */
export function clientConfiguration(connection: Connection, service: ServiceName) {
  const endpoint = connection.endpoints?.[service];
  return {
    maxAttempts,
    ...(connection.region && { region: connection.region }),
    ...(connection.credentials && { credentials: connection.credentials }),
    ...(endpoint && { endpoint }),
  };
}
