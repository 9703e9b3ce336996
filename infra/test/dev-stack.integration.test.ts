import { existsSync, readFileSync, statSync } from 'node:fs';
import {
  invokerEnvironmentSchema,
  ledgerTableDefinition,
  pollerEnvironmentSchema,
  readEnvironment,
  workerEnvironmentSchema,
} from '@fyrestream/cloud';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundles } from '../src/functions/bundles.ts';
import { timings } from '../src/queues/timings.ts';
import { makeDocuments } from './documents/documents.ts';
import { arns, rolePermissions } from './permissions/stack-of-tests.ts';
import { drawTree } from './recording/draw-tree.ts';
import { accountId, createFakeCloud } from './recording/fake-cloud.ts';
import { findResource, findResources, parseInput } from './recording/find-resource.ts';
import { recordProgram } from './recording/record-program.ts';
import type { RecordedResource, Recording } from './recording/recorded-resource.ts';
import { unknown } from './recording/wire-values.ts';
import { readDevConfiguration } from './stack-configurations.ts';

let dev: Recording;

beforeAll(async () => {
  dev = await recordProgram({ stack: 'dev', config: readDevConfiguration() });
});

const one = (type: string, name?: string) => findResource(dev, type, name);
const urn = (type: string, name?: string) => one(type, name).urn;
const lambda = (name: string) => one('aws:lambda/function:Function', name);
const container = () => {
  const [first] = parseInput(one('aws:ecs/taskDefinition:TaskDefinition'), 'containerDefinitions') as {
    environment: { name: string; value: string }[];
  }[];
  return first ?? { environment: [] };
};
const variablesOf = (resource: RecordedResource) =>
  (resource.inputs.environment as { variables: Record<string, string> }).variables;

describe('the program', () => {
  it('runs to its end without a complaint', () => {
    expect({ exitCode: dev.exitCode, errors: dev.errors, standardError: dev.standardError }).toEqual({
      exitCode: 0,
      errors: [],
      standardError: '',
    });
  });

  it('registers exactly these resources', async () => {
    await expect(drawTree(dev)).toMatchFileSnapshot('dev-stack.resources.txt');
  });

  it('asks AWS who it is, and nothing else', () => {
    expect(dev.invokes.map(({ token }) => token)).toEqual(['aws:index/getCallerIdentity:getCallerIdentity']);
  });

  it('leaves no reference open', () => {
    const text = JSON.stringify([dev.resources.map(({ inputs }) => inputs), dev.outputs]);
    expect(text).not.toContain(unknown);
    expect(text).not.toMatch(/undefined|\[object |Output<T>/);
  });

  it('gives every resource of AWS the tags and the region', () => {
    const provider = one('pulumi:providers:aws');
    expect(provider.inputs).toMatchObject({ region: 'us-east-1' });
    expect(JSON.parse(String(provider.inputs.defaultTags))).toEqual({
      tags: { 'fyrestream-stack': 'dev', project: 'fyrestream' },
    });
    const managed = dev.resources.filter(({ type }) => type.startsWith('aws:'));
    expect(managed.filter((resource) => !resource.provider.startsWith(provider.urn))).toEqual([]);
    const remote = dev.resources.filter((resource) => resource.remote);
    expect(remote.filter(({ providers }) => !providers.aws?.startsWith(provider.urn))).toEqual([]);
  });

  it('gives no physical name twice', () => {
    const names = dev.resources.flatMap(({ type, inputs }) => {
      const scope = `${type} ${inputs.eventBusName ?? ''} ${inputs.role ?? ''}`;
      const name = inputs.name ?? inputs.bucket ?? inputs.family ?? inputs.dashboardName;
      return name === undefined ? [] : [`${scope} ${String(name)}`];
    });
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('names in ARNs only what it makes', () => {
    const cloud = createFakeCloud('us-east-1');
    const made = dev.resources.flatMap((resource) => {
      const { arn } = cloud.create(resource).outputs;
      return typeof arn === 'string' ? [arn] : [];
    });
    made.push(arns.taskDefinition.replace(':*', ''), arns.tasks);
    const text = JSON.stringify(dev.resources.map(({ inputs }) => inputs));
    const named = new Set(text.match(/arn:aws:[\w:/.*-]+/g));
    const strangers = [...named].filter(
      (arn) => !made.some((own) => arn === own || arn.startsWith(`${own}/`) || arn.startsWith(`${own}:`)),
    );
    expect(strangers).toEqual([]);
    expect(named.size).toBeGreaterThan(20);
  });
});

describe('the environment', () => {
  it.each([
    ['fyrestream-sqs-poller', pollerEnvironmentSchema],
    ['fyrestream-transcoder-invoker', invokerEnvironmentSchema],
  ] as const)('of %s is what it reads, all of it', (name, schema) => {
    const variables = variablesOf(lambda(name));
    expect(Object.keys(variables).sort()).toEqual(Object.keys(schema.shape).sort());
    expect(() => readEnvironment(schema, variables)).not.toThrow();
  });

  it('of the worker is what it reads, but for the request that each launch adds', () => {
    const set = Object.fromEntries(container().environment.map(({ name, value }) => [name, value]));
    const request = { schemaVersion: 1, jobId: 'a'.repeat(26), attempt: 1, slot: 0 };
    const launched = { ...set, FYRESTREAM_REQUEST: JSON.stringify(request) };
    expect(Object.keys(launched).sort()).toEqual(Object.keys(workerEnvironmentSchema.shape).sort());
    expect(() => readEnvironment(workerEnvironmentSchema, launched)).not.toThrow();
  });

  it('leads the invoker to what the stack makes', () => {
    expect(variablesOf(lambda('fyrestream-transcoder-invoker'))).toMatchObject({
      FYRESTREAM_CONTROL_QUEUE_URL: `https://sqs.us-east-1.amazonaws.com/${accountId}/fyrestream-control-dev`,
      FYRESTREAM_TASK_DEFINITION: 'fyrestream-transcoder-dev:7',
      FYRESTREAM_SUBNETS: 'subnet-private-1,subnet-private-2',
      FYRESTREAM_SECURITY_GROUPS: 'sg-fyrestream-transcoder-dev',
    });
  });
});

describe('the roles', () => {
  it.each([
    ['poller', 'fyrestream-sqs-poller', 'lambda.amazonaws.com'],
    ['invoker', 'fyrestream-transcoder-invoker', 'lambda.amazonaws.com'],
    ['worker', 'fyrestream-worker', 'ecs-tasks.amazonaws.com'],
    ['execution', 'fyrestream-execution', 'ecs-tasks.amazonaws.com'],
    ['sweep', 'fyrestream-sweep', 'scheduler.amazonaws.com'],
  ] as const)(
    '%s has the permissions that are proven, and serves one service',
    (principal, name, service) => {
      const policy = one('aws:iam/rolePolicy:RolePolicy', name);
      expect(policy.inputs.role).toBe(`fyrestream-${principal}-dev`);
      expect(parseInput(policy, 'policy')).toEqual(rolePermissions[principal]);
      const trust = parseInput(one('aws:iam/role:Role', name), 'assumeRolePolicy');
      expect(trust).toMatchObject({ Statement: [{ Principal: { Service: service } }] });
    },
  );

  it('are these five, and no policy comes from elsewhere', () => {
    expect(findResources(dev, 'aws:iam/role:Role')).toHaveLength(5);
    expect(findResources(dev, 'aws:iam/rolePolicy:RolePolicy')).toHaveLength(5);
    const others = dev.resources.filter(({ type }) => /^aws:iam\/(?!role:|rolePolicy:)/.test(type));
    expect(others).toEqual([]);
  });
});

describe('the order of things', () => {
  it('has the queue policy before the notification, the only one of its bucket', () => {
    const notification = one('aws:s3/bucketNotification:BucketNotification');
    expect(notification.dependencies).toContain(urn('aws:sqs/queuePolicy:QueuePolicy', 'fyrestream-sqs'));
    expect(notification.inputs.queues).toEqual([
      expect.objectContaining({
        queueArn: arns.uploadQueue,
        events: ['s3:ObjectCreated:*'],
        filterPrefix: 'videos/',
      }),
    ]);
  });

  it('has permissions and the invoker before messages', () => {
    for (const mapping of findResources(dev, 'aws:lambda/eventSourceMapping:EventSourceMapping')) {
      expect(mapping.dependencies).toContain(urn('aws:iam/rolePolicy:RolePolicy', 'fyrestream-sqs-poller'));
      expect(mapping.dependencies).toContain(
        urn('aws:lambda/function:Function', 'fyrestream-transcoder-invoker'),
      );
    }
  });

  it('has policies before rules and the schedule', () => {
    const target = (name: string) => one('aws:cloudwatch/eventTarget:EventTarget', name).dependencies;
    expect(target('task-stopped')).toContain(urn('aws:sqs/queuePolicy:QueuePolicy', 'fyrestream-control'));
    const topic = urn('aws:sns/topicPolicy:TopicPolicy', 'fyrestream-job-events');
    expect(target('job-failed')).toContain(topic);
    expect(target('job-events')).toContain(topic);
    expect(one('aws:scheduler/schedule:Schedule').dependencies).toContain(
      urn('aws:iam/rolePolicy:RolePolicy', 'fyrestream-sweep'),
    );
  });
});

describe('queues and functions', () => {
  it('F19 have numbers that fit each other', () => {
    const rounds = Math.ceil(timings.batchSize / timings.invokesAtOnce);
    expect(timings.pollerSeconds).toBeGreaterThanOrEqual(rounds * timings.invokerSeconds);
    expect(timings.visibilitySeconds).toBeGreaterThanOrEqual(6 * timings.pollerSeconds);
    const poller = readFileSync(new URL('../../apps/poller/src/handler.ts', import.meta.url), 'utf8');
    expect(poller).toContain(`const invokesAtOnce = ${timings.invokesAtOnce};`);
  });

  it('have exactly these', () => {
    for (const name of ['fyrestream-sqs', 'fyrestream-control']) {
      const queue = one('aws:sqs/queue:Queue', name);
      expect(queue.inputs).toMatchObject({
        name: `${name}-dev`,
        visibilityTimeoutSeconds: 360,
        messageRetentionSeconds: 345_600,
        sqsManagedSseEnabled: true,
      });
      const deadLetters = one('aws:sqs/queue:Queue', `${name}-dead-letters`);
      expect(deadLetters.inputs).toMatchObject({ messageRetentionSeconds: 1_209_600 });
      expect(parseInput(queue, 'redrivePolicy')).toEqual({
        deadLetterTargetArn: `arn:aws:sqs:us-east-1:${accountId}:${name}-dead-letters-dev`,
        maxReceiveCount: 5,
      });
    }
    for (const name of ['uploads', 'control']) {
      expect(one('aws:lambda/eventSourceMapping:EventSourceMapping', name).inputs).toMatchObject({
        batchSize: 10,
        functionName: 'fyrestream-sqs-poller-dev',
        functionResponseTypes: ['ReportBatchItemFailures'],
        scalingConfig: { maximumConcurrency: 2 },
      });
    }
  });

  it.each([
    ['fyrestream-sqs-poller', 60],
    ['fyrestream-transcoder-invoker', 30],
  ])('run %s on Node 24 and arm64 in the private subnets', (name, timeout) => {
    expect(lambda(name).inputs).toMatchObject({
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'main.handler',
      timeout,
      loggingConfig: { logGroup: `/aws/lambda/${name}-dev` },
      vpcConfig: {
        subnetIds: ['subnet-private-1', 'subnet-private-2'],
        securityGroupIds: ['sg-fyrestream-functions-dev'],
      },
    });
    expect(one('aws:cloudwatch/logGroup:LogGroup', name).inputs).toMatchObject({ retentionInDays: 30 });
  });

  it('are made of built bundles of a megabyte and a half at most', () => {
    const megabyte = 1_000_000;
    for (const files of [bundles.poller, bundles.invoker]) {
      const size = statSync(new URL(`../${files['main.mjs']}`, import.meta.url)).size;
      expect(size).toBeLessThanOrEqual(1.5 * megabyte);
    }
  });
});

describe('the transcoder', () => {
  it('is a task that each launch can size anew', () => {
    expect(one('aws:ecs/taskDefinition:TaskDefinition').inputs).toMatchObject({
      family: 'fyrestream-transcoder-dev',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '4096',
      memory: '8192',
      ephemeralStorage: { sizeInGib: 21 },
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
      taskRoleArn: arns.role('worker'),
      executionRoleArn: arns.role('execution'),
      volumes: [{ name: 'scratch' }],
      skipDestroy: true,
    });
  });

  it('runs as nobody in particular, and writes to its scratch volume only', () => {
    const { environment: _variables, ...rest } = container();
    expect(rest).toEqual({
      name: 'fyrestream-transcoder',
      image: expect.stringMatching(/\/fyrestream-transcoder-dev@sha256:/),
      essential: true,
      user: '10001:10001',
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { drop: ['ALL'] } },
      mountPoints: [{ sourceVolume: 'scratch', containerPath: '/scratch', readOnly: false }],
      stopTimeout: 120,
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': '/ecs/fyrestream-transcoder-dev',
          'awslogs-region': 'us-east-1',
          'awslogs-stream-prefix': 'worker',
        },
      },
    });
  });

  it('is built from paths that are the same on every machine', () => {
    expect(one('awsx:ecr:Image').inputs).toMatchObject({
      context: '..',
      dockerfile: '../apps/worker/Dockerfile',
      imageName: 'fyrestream-transcoder',
      platform: 'linux/amd64',
    });
    expect(one('awsx:ecr:Repository').inputs).toMatchObject({
      name: 'fyrestream-transcoder-dev',
      imageScanningConfiguration: { scanOnPush: true },
    });
  });

  it('finds Spot and on-demand capacity in its cluster', () => {
    expect(one('aws:ecs/clusterCapacityProviders:ClusterCapacityProviders').inputs).toMatchObject({
      clusterName: 'fyrestream-dev',
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    });
  });
});

describe('what is kept', () => {
  it('is the table that packages/cloud reads', () => {
    const { partitionKey, sortKey, indexes, timeToLiveAttribute } = ledgerTableDefinition;
    expect(one('aws:dynamodb/table:Table').inputs).toMatchObject({
      billingMode: 'PAY_PER_REQUEST',
      hashKey: partitionKey,
      rangeKey: sortKey,
      ttl: { enabled: true, attributeName: timeToLiveAttribute },
      pointInTimeRecovery: { enabled: true },
      globalSecondaryIndexes: indexes.map((index) => ({
        name: index.name,
        hashKey: index.partitionKey,
        rangeKey: index.sortKey,
        projectionType: 'ALL',
      })),
    });
  });

  it.each(['fyrestream-videos', 'fyrestream-transcoded'])(
    'is hidden in %s, which goes with its stack',
    (name) => {
      expect(one('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock', name).inputs).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      const bucket = one('aws:s3/bucket:Bucket', name);
      expect(bucket.inputs).toEqual({ bucket: `${name}-dev-${accountId}-us-east-1`, forceDestroy: true });
      expect(bucket.retainOnDelete).toBe(false);
    },
  );

  it('has an end', () => {
    const rules = (name: string) =>
      one('aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', name).inputs.rules;
    const incomplete = expect.objectContaining({
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    });
    expect(rules('fyrestream-videos')).toEqual([
      incomplete,
      expect.objectContaining({ noncurrentVersionExpiration: { noncurrentDays: 30 } }),
    ]);
    expect(rules('fyrestream-transcoded')).toEqual([
      incomplete,
      expect.objectContaining({ filter: { prefix: 'work/' }, expiration: { days: 7 } }),
    ]);
  });
});

describe('the network', () => {
  it('lets media bytes out through gateways, the rest through one NAT gateway', () => {
    expect(one('awsx:ec2:Vpc', 'fyrestream-vpc').inputs).toMatchObject({
      numberOfAvailabilityZones: 2,
      natGateways: { strategy: 'Single' },
      vpcEndpointStrategy: 'Auto',
      vpcEndpointSpecs: [
        { serviceName: 'com.amazonaws.us-east-1.s3', vpcEndpointType: 'Gateway' },
        { serviceName: 'com.amazonaws.us-east-1.dynamodb', vpcEndpointType: 'Gateway' },
      ],
    });
  });

  it('lets nobody in', () => {
    for (const group of findResources(dev, 'aws:ec2/securityGroup:SecurityGroup')) {
      expect(group.inputs).toMatchObject({
        ingress: [],
        egress: [{ protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: ['0.0.0.0/0'] }],
      });
    }
  });
});

describe('the alarms', () => {
  const alarm = (name: string) => one('aws:cloudwatch/metricAlarm:MetricAlarm', name).inputs;

  it('count what the invoker really writes into its log', () => {
    const filter = one('aws:cloudwatch/logMetricFilter:LogMetricFilter').inputs;
    expect(filter).toMatchObject({
      logGroupName: '/aws/lambda/fyrestream-transcoder-invoker-dev',
      pattern: '{ $.msg = "sweep-in-trouble" }',
      metricTransformation: { namespace: 'Fyrestream', name: 'fyrestream-sweep-in-trouble-dev', value: '1' },
    });
    const sweep = readFileSync(new URL('../../apps/invoker/src/sweep.ts', import.meta.url), 'utf8');
    expect(sweep).toContain("'sweep-in-trouble'");
    expect(alarm('stuck-jobs')).toMatchObject({
      namespace: 'Fyrestream',
      metricName: 'fyrestream-sweep-in-trouble-dev',
      period: 900,
      threshold: 3,
    });
  });

  it('count failed jobs by the rule that only they match', () => {
    expect(alarm('failed-jobs').dimensions).toEqual({
      EventBusName: 'fyrestream-dev',
      RuleName: 'fyrestream-job-failed-dev',
    });
    const rule = one('aws:cloudwatch/eventRule:EventRule', 'job-failed');
    expect(parseInput(rule, 'eventPattern')).toEqual({
      source: ['fyrestream'],
      'detail-type': ['job-failed'],
    });
  });

  it('all wake somebody, and say when it is over', () => {
    const topic = [`arn:aws:sns:us-east-1:${accountId}:fyrestream-alerts-dev`];
    for (const { inputs } of findResources(dev, 'aws:cloudwatch/metricAlarm:MetricAlarm')) {
      expect(inputs).toMatchObject({
        alarmActions: topic,
        okActions: topic,
        treatMissingData: 'notBreaching',
      });
    }
  });
});

describe('the outputs', () => {
  it('say what the stack costs while nobody uploads', () => {
    expect(dev.outputs.idleCostUsdPerMonth).toBeCloseTo(40.93, 2);
  });

  it('say to the command line what the connection of a local cloud says', () => {
    expect(dev.outputs).toMatchObject({
      region: 'us-east-1',
      deliveryUrl: null,
      environment: {
        FYRESTREAM_SOURCE_BUCKET: `fyrestream-videos-dev-${accountId}-us-east-1`,
        FYRESTREAM_DEAD_LETTER_QUEUE_URL: expect.stringContaining('fyrestream-sqs-dead-letters-dev'),
        FYRESTREAM_POLLER_LOG_GROUP: one('aws:cloudwatch/logGroup:LogGroup', 'fyrestream-sqs-poller').inputs
          .name,
      },
    });
  });
});

describe('the documents', () => {
  it('say what the code says; `pnpm --filter infra documents` writes them anew', async () => {
    for (const { file, text } of await makeDocuments(dev)) {
      const name = file.pathname.replace(/.*\/docs\//, 'docs/');
      expect(existsSync(file) ? readFileSync(file, 'utf8') : '', name).toBe(text);
    }
  });
});
