import { existsSync, readFileSync } from 'node:fs';
import { apiEnvironmentSchema, notifierEnvironmentSchema, readEnvironment } from '@fyrestream/cloud';
import { profilesVariable, webhookRetryDelaysSeconds } from '@fyrestream/events';
import { beforeAll, describe, expect, it } from 'vitest';
import { queueLimits } from '../src/queues/queue-limits.ts';
import { deployGrants } from './deploy-policy/deploy-grants.ts';
import { managedTypes } from './deploy-policy/deploy-policy.ts';
import { renderDeployPolicy } from './documents/render-documents.ts';
import { accountId } from './recording/fake-cloud.ts';
import { findResource, findResources, parseInput } from './recording/find-resource.ts';
import { recordProgram } from './recording/record-program.ts';
import type { Recording } from './recording/recorded-resource.ts';
import { unknown } from './recording/wire-values.ts';
import { prodConfiguration } from './stack-configurations.ts';

let prod: Recording;

beforeAll(async () => {
  prod = await recordProgram({ stack: 'prod', config: prodConfiguration });
});

const queueArn = (name: string) => `arn:aws:sqs:eu-central-1:${accountId}:${name}`;
const one = (type: string, name?: string) => findResource(prod, type, name);

/** The bytes of variables, with the names of all and the values of those that are not settings. */
function sizeWithout(settings: readonly string[], variables: Readonly<Record<string, string>>): number {
  return Object.entries(variables).reduce(
    (sum, [name, value]) => sum + name.length + (settings.includes(name) ? 0 : value.length),
    0,
  );
}

describe('a stack with all features', () => {
  it('completes, with all references resolved', () => {
    expect([prod.exitCode, prod.errors, prod.standardError]).toEqual([0, [], '']);
    const text = JSON.stringify([prod.resources.map(({ inputs }) => inputs), prod.outputs]);
    expect(text).not.toContain(unknown);
    expect(text).not.toMatch(/undefined|\[object |Output<T>/);
  });

  it('uses its own name and region everywhere', () => {
    const text = JSON.stringify(prod.resources.map(({ inputs }) => inputs));
    expect(text).not.toMatch(/us-east-1|-dev\b/);
  });

  it('has a NAT gateway in each of three zones', () => {
    expect(one('awsx:ec2:Vpc').inputs).toMatchObject({
      numberOfAvailabilityZones: 3,
      natGateways: { strategy: 'OnePerAz' },
    });
  });

  it('transcodes on arm64 with the configured task size', () => {
    expect(one('aws:ecs/taskDefinition:TaskDefinition').inputs).toMatchObject({
      cpu: '8192',
      memory: '16384',
      ephemeralStorage: { sizeInGib: 100 },
      runtimePlatform: { cpuArchitecture: 'ARM64' },
    });
    expect(one('awsx:ecr:Image').inputs.platform).toBe('linux/arm64');
  });

  it('builds the image from the pinned base images, with the updates of the configured date', () => {
    const { debian, node } = prodConfiguration['fyrestream:image'];
    expect(one('awsx:ecr:Image').inputs.args).toEqual({
      DEBIAN_IMAGE: debian,
      NODE_IMAGE: node,
      UPDATED: '2026-11-30',
    });
    // Docker ignores an argument that the Dockerfile does not declare.
    const dockerfile = readFileSync(new URL('../../apps/worker/Dockerfile', import.meta.url), 'utf8');
    expect([...dockerfile.matchAll(/^ARG (\w+)/gm)].map(([, name]) => name).sort()).toEqual(
      Object.keys(one('awsx:ecr:Image').inputs.args as object).sort(),
    );
  });

  it('passes the configured profiles to the worker and the invoker', () => {
    const [container] = parseInput(one('aws:ecs/taskDefinition:TaskDefinition'), 'containerDefinitions') as {
      environment: { name: string; value: string }[];
    }[];
    const ofWorker = container?.environment.find(({ name }) => name === 'FYRESTREAM_PROFILES')?.value;
    expect(profilesVariable.parse(ofWorker)).toEqual({
      ladder: prodConfiguration['fyrestream:ladder'],
      profiles: prodConfiguration['fyrestream:profiles'],
      profileRules: prodConfiguration['fyrestream:profileRules'],
    });
    const { environment } = one('aws:lambda/function:Function', 'fyrestream-transcoder-invoker').inputs as {
      environment: { variables: Record<string, string> };
    };
    expect(environment.variables.FYRESTREAM_PROFILES).toBe(ofWorker);
    const settings = ['LADDER', 'PROFILES', 'PRIORITIES', 'SHARES'].map((name) => `FYRESTREAM_${name}`);
    expect(sizeWithout(settings, environment.variables)).toBeLessThan(4_096 - 3_000);
  });

  it('serves the API to signed requests only, with the variables and permissions that it needs', () => {
    expect(one('aws:lambda/functionUrl:FunctionUrl').inputs).toMatchObject({
      functionName: 'fyrestream-api-prod',
      authorizationType: 'AWS_IAM',
      invokeMode: 'RESPONSE_STREAM',
    });
    expect(prod.outputs.apiUrl).toMatch(/^https:\/\/\w+\.lambda-url\.eu-central-1\.on\.aws\/$/);
    const { environment } = one('aws:lambda/function:Function', 'fyrestream-api').inputs as {
      environment: { variables: Record<string, string> };
    };
    const { variables } = environment;
    expect(readEnvironment(apiEnvironmentSchema, variables)).toMatchObject({
      FYRESTREAM_STACK: 'prod',
      FYRESTREAM_DELIVERY_URL: prod.outputs.deliveryUrl,
      FYRESTREAM_MAX_CONCURRENT_TASKS: 50,
    });
    const unknownNames = Object.keys(variables).filter((name) => !(name in apiEnvironmentSchema.shape));
    expect(unknownNames).toEqual([]);
    // Lambda allows 4 KB, and a stack may have larger settings: `maxApiCharacters` of the settings.
    const settings = ['PROFILES', 'PRIORITIES', 'SHARES', 'WEBHOOKS'].map((name) => `FYRESTREAM_${name}`);
    expect(sizeWithout(settings, variables)).toBeLessThan(4_096 - 2_600 + 400);
    const policy = one('aws:iam/rolePolicy:RolePolicy', 'fyrestream-api');
    expect(policy.inputs.role).toBe('fyrestream-api-prod');
    const { Statement } = JSON.parse(String(policy.inputs.policy)) as { Statement: { Action: string[] }[] };
    expect(JSON.stringify(Statement)).not.toMatch(/Delete(Object|Table)|PurgeQueue/);
    // Only the state of an endpoint of webhooks may be deleted.
    const deleting = Statement.filter(({ Action }) => Action.includes('dynamodb:DeleteItem'));
    expect(deleting).toMatchObject([
      { Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': expect.any(Array) } } },
    ]);
    expect(JSON.stringify(deleting)).toMatch(/"dynamodb:LeadingKeys":\["webhook#/);
  });

  it('keeps buckets and ledger on destroy', () => {
    const kept = prod.resources.filter(({ retainOnDelete }) => retainOnDelete);
    const names = (type: string) => kept.filter((resource) => resource.type === type).map(({ name }) => name);
    const buckets = ['fyrestream-transcoded', 'fyrestream-videos'];
    expect(names('aws:dynamodb/table:Table')).toEqual(['fyrestream-jobs']);
    // With their access settings.
    for (const type of [
      'bucket:Bucket',
      'bucketPublicAccessBlock:BucketPublicAccessBlock',
      'bucketPolicy:BucketPolicy',
    ]) {
      expect(names(`aws:s3/${type}`).sort()).toEqual(buckets);
    }
    expect(kept.filter(({ type }) => !/^aws:(s3|dynamodb)/.test(type))).toEqual([]);
    for (const bucket of findResources(prod, 'aws:s3/bucket:Bucket')) {
      expect(bucket.inputs.forceDestroy).toBe(false);
    }
  });

  it('archives sources in a class that can be read, and allows one origin to upload', () => {
    const name = 'fyrestream-videos';
    expect(
      one('aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', name).inputs.rules,
    ).toContainEqual(
      expect.objectContaining({
        filter: { prefix: 'videos/' },
        transitions: [{ days: 90, storageClass: 'GLACIER_IR' }],
      }),
    );
    expect(one('aws:s3/bucketCorsConfiguration:BucketCorsConfiguration', name).inputs.corsRules).toEqual([
      expect.objectContaining({ allowedOrigins: ['https://studio.example.com'], exposeHeaders: ['ETag'] }),
    ]);
  });

  it('learns which uploads are deleted, and may unpublish them only then', () => {
    expect(one('aws:s3/bucketNotification:BucketNotification').inputs.queues).toMatchObject([
      { events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'], filterPrefix: 'videos/' },
    ]);
    const { policy } = one('aws:iam/rolePolicy:RolePolicy', 'fyrestream-transcoder-invoker').inputs;
    const { Statement } = JSON.parse(String(policy)) as { Statement: { Sid: string; Resource: string[] }[] };
    const [unpublish, ...others] = Statement.filter(({ Sid }) => Sid === 'UnpublishDeletedUploads');
    expect(others).toEqual([]);
    expect(unpublish).toMatchObject({
      Action: ['s3:GetObject', 's3:DeleteObject'],
      Resource: [expect.stringMatching(/^arn:aws:s3:::fyrestream-transcoded-prod-.*\/outputs\/\*$/)],
    });
  });

  it('delivers outputs through CloudFront only, and caches errors briefly', () => {
    const distribution = one('aws:cloudfront/distribution:Distribution').inputs;
    expect(distribution).toMatchObject({
      origins: [
        {
          domainName: `fyrestream-transcoded-prod-${accountId}-eu-central-1.s3.eu-central-1.amazonaws.com`,
          originAccessControlId: 'fyrestream-outputs-prod-id',
        },
      ],
      customErrorResponses: [
        { errorCode: 403, errorCachingMinTtl: 5 },
        { errorCode: 404, errorCachingMinTtl: 5 },
      ],
      defaultCacheBehavior: { viewerProtocolPolicy: 'redirect-to-https' },
    });
    const policy = one('aws:s3/bucketPolicy:BucketPolicy', 'fyrestream-transcoded');
    expect(parseInput(policy, 'policy')).toMatchObject({
      Statement: [{ Sid: 'DistributionReadsOutputs' }, { Sid: 'DenyUnencryptedTransport' }],
    });
    expect(prod.outputs.deliveryUrl).toBe('https://d111111abcdef8.cloudfront.net/outputs/');
  });

  it('creates the distribution after its bucket, because CreateDistribution fails for one that does not exist', () => {
    const bucket = one('aws:s3/bucket:Bucket', 'fyrestream-transcoded').urn;
    expect(one('aws:cloudfront/distribution:Distribution').dependencies).toContain(bucket);
  });

  it('sends job events to the notifier, which reads the secrets of its endpoints', () => {
    const secrets = ['studio', 'archive'].map((name) =>
      one('aws:secretsmanager/secret:Secret', `webhook-${name}`),
    );
    expect(secrets.map(({ inputs }) => inputs.name)).toEqual([
      'fyrestream-webhook-prod/studio',
      'fyrestream-webhook-prod/archive',
    ]);
    const policy = one('aws:iam/rolePolicy:RolePolicy', 'fyrestream-notifier');
    expect(parseInput(policy, 'policy')).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Sid: 'ReadSecrets',
          Resource: ['studio', 'archive'].map(
            (name) =>
              `arn:aws:secretsmanager:eu-central-1:${accountId}:secret:fyrestream-webhook-prod/${name}-??????`,
          ),
        }),
      ]),
    });
    const notifier = one('aws:lambda/function:Function', 'fyrestream-notifier');
    const { variables } = notifier.inputs.environment as { variables: Record<string, string> };
    const environment = readEnvironment(notifierEnvironmentSchema, variables);
    expect(environment).toMatchObject({
      FYRESTREAM_WEBHOOKS: prodConfiguration['fyrestream:webhooks'],
      FYRESTREAM_WEBHOOK_SECRET_PREFIX: 'fyrestream-webhook-prod/',
      FYRESTREAM_WEBHOOK_LOOPBACK: false,
    });
    expect(Object.keys(variables).sort()).toEqual(Object.keys(notifierEnvironmentSchema.shape).sort());
    expect(notifier.inputs.vpcConfig).toEqual(
      one('aws:lambda/function:Function', 'fyrestream-sqs-poller').inputs.vpcConfig,
    );
  });

  it('gives up a delivery after the attempts of a day, and keeps it as a dead letter', () => {
    const queue = one('aws:sqs/queue:Queue', 'fyrestream-webhooks');
    expect(parseInput(queue, 'redrivePolicy')).toMatchObject({
      maxReceiveCount: webhookRetryDelaysSeconds.length + 1,
    });
    const visibility = Number(queue.inputs.visibilityTimeoutSeconds);
    expect(visibility).toBeGreaterThanOrEqual(6 * queueLimits.notifierTimeoutSeconds);
    expect(one('aws:cloudwatch/eventTarget:EventTarget', 'webhooks').inputs).toMatchObject({
      arn: queueArn('fyrestream-webhooks-prod'),
      deadLetterConfig: { arn: queueArn('fyrestream-webhooks-dead-letters-prod') },
    });
    expect(one('aws:lambda/eventSourceMapping:EventSourceMapping', 'webhooks').inputs).toMatchObject({
      eventSourceArn: queueArn('fyrestream-webhooks-prod'),
      functionName: 'fyrestream-notifier-prod',
      functionResponseTypes: ['ReportBatchItemFailures'],
    });
    const alarms = findResources(prod, 'aws:cloudwatch/metricAlarm:MetricAlarm').map(({ name }) => name);
    expect(alarms).toEqual(expect.arrayContaining(['webhooks-dead-letters', 'notifier-errors']));
  });

  it("uses the user's profile, role, accounts, tags and proxy instead of dropping them", () => {
    const { inputs, secretInputs } = one('pulumi:providers:aws');
    expect(inputs).toMatchObject({
      region: 'eu-central-1',
      profile: 'video',
      httpsProxy: 'http://user:password@proxy.example.com',
      assumeRoles: '[{"roleArn":"arn:aws:iam::123456789012:role/deploy"}]',
      allowedAccountIds: '["123456789012"]',
    });
    expect(secretInputs).toContain('httpsProxy');
    expect(JSON.parse(String(inputs.defaultTags))).toEqual({
      tags: { owner: 'operations', team: 'video', 'fyrestream-stack': 'prod', project: 'fyrestream' },
    });
  });

  it('explains what to do where AWS refuses a budget', () => {
    expect(one('aws:budgets/budget:Budget').errorHooks).toEqual(['explain-budget']);
  });

  it('registers only types that the deploying identity may create, and those are all that it may', () => {
    expect(managedTypes(prod)).toEqual(Object.keys(deployGrants).sort());
    const { file, text } = renderDeployPolicy(prod);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
  });

  it('notifies the configured address, and uses the configured budget', () => {
    expect(one('aws:sns/topicSubscription:TopicSubscription').inputs).toMatchObject({
      protocol: 'email',
      endpoint: 'operations@example.com',
    });
    expect(one('aws:budgets/budget:Budget').inputs).toMatchObject({
      limitAmount: '2000',
      costFilters: [{ name: 'TagKeyValue', values: ['user:fyrestream-stack$prod'] }],
    });
  });
});
