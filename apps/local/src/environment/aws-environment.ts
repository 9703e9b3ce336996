import { region } from '../arn.ts';
import type { AccessKey } from '../iam/access-keys.ts';

/** The URLs of the servers of a local cloud. */
export interface Endpoints {
  readonly controlPlaneUrl: string;
  readonly s3Url: string;
}

/**
 * The environment variables of the AWS SDK, so that the same code uses the local cloud here and AWS when deployed.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function awsEnvironment({ controlPlaneUrl, s3Url }: Endpoints): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL_S3: s3Url,
    AWS_ENDPOINT_URL_SQS: controlPlaneUrl,
    AWS_ENDPOINT_URL_DYNAMODB: controlPlaneUrl,
    AWS_ENDPOINT_URL_LAMBDA: controlPlaneUrl,
    AWS_ENDPOINT_URL_ECS: controlPlaneUrl,
    AWS_ENDPOINT_URL_EVENTBRIDGE: controlPlaneUrl,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: controlPlaneUrl,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: controlPlaneUrl,
    // The SDK must not use the profile of the user or the role of the machine.
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_CONFIG_FILE: '/dev/null',
  };
}

export function credentialsEnvironment(key: AccessKey): Record<string, string> {
  return { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey };
}
