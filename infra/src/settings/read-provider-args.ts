import { describeIssues, FyrestreamError } from '@fyrestream/events';
import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { z } from 'zod';
import { parseConfigValue } from './parse-config-value.ts';

type ProviderSetting = Exclude<keyof aws.ProviderArgs, 'region'>;

const text = z.string();
const texts = z.array(z.string());
const accounts = z.array(z.string().regex(/^\d{12}$/, 'must be an account id of twelve digits, in quotes'));
const fields = z.record(z.string(), z.unknown());

/** All settings of the AWS provider, with the names that Pulumi reads. @see https://www.pulumi.com/registry/packages/aws/installation-configuration/ */
const settingSchemas: Readonly<Record<ProviderSetting, z.ZodType>> = {
  accessKey: text,
  allowedAccountIds: accounts,
  assumeRoles: z.array(fields),
  assumeRoleWithWebIdentity: fields,
  customCaBundle: text,
  defaultTags: z.strictObject({ tags: z.record(z.string(), z.string()) }),
  ec2MetadataServiceEndpoint: text,
  ec2MetadataServiceEndpointMode: text,
  endpoints: z.array(z.record(z.string(), z.string())),
  forbiddenAccountIds: accounts,
  httpProxy: text,
  httpsProxy: text,
  ignoreTags: fields,
  insecure: z.boolean(),
  maxRetries: z.int(),
  noProxy: text,
  profile: text,
  retryMode: text,
  s3UsEast1RegionalEndpoint: text,
  s3UsePathStyle: z.boolean(),
  secretKey: text,
  sharedConfigFiles: texts,
  sharedCredentialsFiles: texts,
  skipCredentialsValidation: z.boolean(),
  skipMetadataApiCheck: z.boolean(),
  skipRegionValidation: z.boolean(),
  skipRequestingAccountId: z.boolean(),
  stsRegion: text,
  tagPolicyCompliance: text,
  token: text,
  tokenBucketRateLimiterCapacity: z.int(),
  useDualstackEndpoint: z.boolean(),
  useFipsEndpoint: z.boolean(),
  userAgents: z.array(fields),
};

const providerSchema = z.strictObject(settingSchemas).partial();

/** A proxy's URL can contain a password. The provider itself keeps keys and tokens secret. */
const secretSettings = ['httpProxy', 'httpsProxy'] as const;

/**
 * The arguments of the explicit AWS provider: those of the stack's configuration, which only the default provider would read by
 * itself, with the tags of the stack added.
 * @param config the values in the namespace `aws`
 * @throws FyrestreamError `bad-settings`, which lists every invalid or unknown one
 */
export function readProviderArgs(
  { region: _, ...config }: Readonly<Record<string, string>>,
  tags: Readonly<Record<string, string>>,
): Omit<aws.ProviderArgs, 'region'> {
  const values = Object.entries(config).map(([name, value]) => [
    name,
    settingSchemas[name as ProviderSetting] === text ? value : parseConfigValue(value),
  ]);
  const parsed = providerSchema.safeParse(Object.fromEntries(values), { reportInput: true });
  if (!parsed.success) {
    const faults = describeIssues(parsed.error, 'aws:').map((fault) => `  ${fault}`);
    throw new FyrestreamError({
      code: 'bad-settings',
      message: `The settings of the AWS provider are invalid.\n${faults.join('\n')}`,
      retryable: false,
    });
  }
  const args = parsed.data as Omit<aws.ProviderArgs, 'region' | 'defaultTags'> & {
    defaultTags?: { tags: Record<string, string> };
  };
  const secrets = secretSettings.flatMap((name) =>
    args[name] === undefined ? [] : [[name, pulumi.secret(args[name])]],
  );
  return {
    ...args,
    ...Object.fromEntries(secrets),
    defaultTags: { tags: { ...args.defaultTags?.tags, ...tags } },
  };
}
