import { region } from '../arn.ts';
import type { AccessKey } from '../principals/access-keys.ts';

/** Where the servers of a local cloud listen. */
export interface Endpoints {
  readonly controlPlaneUrl: string;
  readonly s3Url: string;
}

/**
 * What the AWS SDK reads, so that one and the same code finds the local cloud here and AWS there.
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
    // Nobody's own profile or machine role is to be found in place of what is given here.
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_CONFIG_FILE: '/dev/null',
  };
}

export function credentialsEnvironment(key: AccessKey): Record<string, string> {
  return { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey };
}
