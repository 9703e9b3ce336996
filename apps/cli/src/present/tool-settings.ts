import type { Stack } from '@fyrestream/operations';
import { shellWord } from './shell-word.ts';

/** Exports for a shell; a configuration file of the AWS CLI, rclone or s3cmd. */
export const toolFormats = ['shell', 'aws', 'rclone', 's3cmd'] as const;
export type ToolFormat = (typeof toolFormats)[number];

/** A deployed stack has no endpoints and no keys: tools use those of AWS and of the user. */
export interface ToolVariables {
  readonly FYRESTREAM_SOURCE_BUCKET: string;
  readonly FYRESTREAM_OUTPUT_BUCKET: string;
  readonly AWS_REGION: string;
  readonly AWS_DEFAULT_REGION: string;
  readonly AWS_ENDPOINT_URL?: string;
  readonly AWS_ENDPOINT_URL_S3?: string;
  readonly AWS_ACCESS_KEY_ID?: string;
  readonly AWS_SECRET_ACCESS_KEY?: string;
}

export function toolVariables({
  sourceBucket,
  outputBucket,
  access: { region, local },
}: Pick<Stack, 'sourceBucket' | 'outputBucket' | 'access'>): ToolVariables {
  return {
    FYRESTREAM_SOURCE_BUCKET: sourceBucket,
    FYRESTREAM_OUTPUT_BUCKET: outputBucket,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...(local && {
      AWS_ENDPOINT_URL: local.url,
      AWS_ENDPOINT_URL_S3: local.s3Url,
      AWS_ACCESS_KEY_ID: local.accessKeyId,
      AWS_SECRET_ACCESS_KEY: local.secretAccessKey,
    }),
  };
}

const formats: Record<ToolFormat, (variables: ToolVariables) => string[]> = {
  shell: (variables) =>
    Object.entries(variables).map(([name, value]) => `export ${name}=${shellWord(value)}`),
  // https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
  aws: (variables) => [
    '[profile fyrestream]',
    `region = ${variables.AWS_REGION}`,
    ...line('aws_access_key_id', variables.AWS_ACCESS_KEY_ID),
    ...line('aws_secret_access_key', variables.AWS_SECRET_ACCESS_KEY),
    ...(variables.AWS_ENDPOINT_URL_S3
      ? [
          'services = fyrestream',
          '',
          '[services fyrestream]',
          's3 =',
          `  endpoint_url = ${variables.AWS_ENDPOINT_URL_S3}`,
        ]
      : []),
  ],
  // https://rclone.org/s3/
  rclone: (variables) => [
    '[fyrestream]',
    'type = s3',
    `provider = ${variables.AWS_ENDPOINT_URL_S3 ? 'Other' : 'AWS'}`,
    `env_auth = ${!variables.AWS_ACCESS_KEY_ID}`,
    `region = ${variables.AWS_REGION}`,
    ...line('endpoint', variables.AWS_ENDPOINT_URL_S3),
    ...line('access_key_id', variables.AWS_ACCESS_KEY_ID),
    ...line('secret_access_key', variables.AWS_SECRET_ACCESS_KEY),
  ],
  // https://s3tools.org/kb/item14.htm
  s3cmd: (variables) => [
    '[default]',
    `bucket_location = ${variables.AWS_REGION}`,
    ...line('access_key', variables.AWS_ACCESS_KEY_ID),
    ...line('secret_key', variables.AWS_SECRET_ACCESS_KEY),
    ...(variables.AWS_ENDPOINT_URL_S3 ? s3cmdAddress(new URL(variables.AWS_ENDPOINT_URL_S3)) : []),
  ],
};

export function formatToolSettings(variables: ToolVariables, format: ToolFormat): string {
  return formats[format](variables).join('\n');
}

/** s3cmd names the bucket in the path if the host of a bucket has no placeholder for it. */
function s3cmdAddress({ host }: URL): string[] {
  return [`host_base = ${host}`, `host_bucket = ${host}`, 'use_https = False'];
}

function line(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${name} = ${value}`];
}
