import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@aws-sdk/types';

/** The AWS services that Fyrestream calls. */
export type ServiceName =
  | 's3'
  | 'dynamodb'
  | 'sqs'
  | 'lambda'
  | 'ecs'
  | 'eventbridge'
  | 'logs'
  | 'secretsmanager';

/**
 * Region, credentials and endpoints of AWS. The SDK reads missing values from the environment (`AWS_REGION`,
 * `AWS_ENDPOINT_URL_S3` …), where Lambda, Fargate and the local cloud set them.
 */
export interface Connection {
  readonly region?: string;
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined;
  readonly endpoints?: Partial<Record<ServiceName, string>>;
}

/** The attempts of one call by the SDK, with its backoff, before it throws the error. */
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
