import { existsSync, readFileSync } from 'node:fs';
import {
  invokerEnvironmentSchema,
  pollerEnvironmentSchema,
  readEnvironment,
  workerEnvironmentSchema,
} from '@fyrestream/cloud';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeDevStackResources } from './describe-dev-stack-resources.ts';
import { renderDocuments } from './documents/render-documents.ts';
import { arns, rolePermissions } from './permissions/test-stack.ts';
import { accountId, createFakeCloud } from './recording/fake-cloud.ts';
import { findResource, findResources, parseInput } from './recording/find-resource.ts';
import { recordProgram } from './recording/record-program.ts';
import type { RecordedResource, Recording } from './recording/recorded-resource.ts';
import { renderResourceTree } from './recording/render-resource-tree.ts';
import { unknown } from './recording/wire-values.ts';
import { drawnConfiguration, readDevConfiguration } from './stack-configurations.ts';

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

describeDevStackResources(() => dev);

describe('the program', () => {
  it('completes without errors', () => {
    expect({ exitCode: dev.exitCode, errors: dev.errors, standardError: dev.standardError }).toEqual({
      exitCode: 0,
      errors: [],
      standardError: '',
    });
  });

  it('registers exactly these resources', async () => {
    await expect(renderResourceTree(dev)).toMatchFileSnapshot('dev-stack.resources.txt');
  });

  it('calls only getCallerIdentity', () => {
    expect(dev.invokes.map(({ token }) => token)).toEqual(['aws:index/getCallerIdentity:getCallerIdentity']);
  });

  it('resolves all references', () => {
    const text = JSON.stringify([dev.resources.map(({ inputs }) => inputs), dev.outputs]);
    expect(text).not.toContain(unknown);
    expect(text).not.toMatch(/undefined|\[object |Output<T>/);
  });

  it('sets tags and region on every AWS resource', () => {
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

  it('uses each physical name once', () => {
    const names = dev.resources.flatMap(({ type, inputs }) => {
      const scope = `${type} ${inputs.eventBusName ?? ''} ${inputs.role ?? ''}`;
      const name = inputs.name ?? inputs.bucket ?? inputs.family ?? inputs.dashboardName;
      return name === undefined ? [] : [`${scope} ${String(name)}`];
    });
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('refers only to its own resources in ARNs', () => {
    const cloud = createFakeCloud('us-east-1');
    const made = dev.resources.flatMap((resource) => {
      const { arn } = cloud.create(resource).outputs;
      return typeof arn === 'string' ? [arn] : [];
    });
    made.push(arns.taskDefinition.replace(':*', ''), arns.tasks);
    const text = JSON.stringify(dev.resources.map(({ inputs }) => inputs));
    const named = new Set(text.match(/arn:aws:[\w:/.*-]+/g));
    const foreign = [...named].filter(
      (arn) => !made.some((own) => arn === own || arn.startsWith(`${own}/`) || arn.startsWith(`${own}:`)),
    );
    expect(foreign).toEqual([]);
    expect(named.size).toBeGreaterThan(20);
  });
});

describe('the environment', () => {
  it.each([
    ['fyrestream-sqs-poller', pollerEnvironmentSchema],
    ['fyrestream-transcoder-invoker', invokerEnvironmentSchema],
  ] as const)('of %s has exactly the variables that it reads', (name, schema) => {
    const variables = variablesOf(lambda(name));
    expect(Object.keys(variables).sort()).toEqual(Object.keys(schema.shape).sort());
    expect(() => readEnvironment(schema, variables)).not.toThrow();
  });

  it('of the worker has the variables that it reads, except the request', () => {
    const set = Object.fromEntries(container().environment.map(({ name, value }) => [name, value]));
    const request = { schemaVersion: 1, jobId: 'a'.repeat(26), attempt: 1, slot: 0 };
    const launched = { ...set, FYRESTREAM_REQUEST: JSON.stringify(request) };
    expect(Object.keys(launched).sort()).toEqual(Object.keys(workerEnvironmentSchema.shape).sort());
    expect(() => readEnvironment(workerEnvironmentSchema, launched)).not.toThrow();
  });

  it('gives the invoker the resources of the stack', () => {
    expect(variablesOf(lambda('fyrestream-transcoder-invoker'))).toMatchObject({
      FYRESTREAM_CONTROL_QUEUE_URL: `https://sqs.us-east-1.amazonaws.com/${accountId}/fyrestream-control-dev`,
      FYRESTREAM_TASK_DEFINITION: 'fyrestream-transcoder-dev:7',
      FYRESTREAM_SUBNETS: 'subnet-private-1,subnet-private-2',
      FYRESTREAM_SECURITY_GROUPS: 'sg-fyrestream-transcoder-dev',
      FYRESTREAM_ASSIGN_PUBLIC_IP: 'false',
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
  ] as const)('%s has the tested permissions and trusts one service', (principal, name, service) => {
    const policy = one('aws:iam/rolePolicy:RolePolicy', name);
    expect(policy.inputs.role).toBe(`fyrestream-${principal}-dev`);
    expect(parseInput(policy, 'policy')).toEqual(rolePermissions[principal]);
    const trust = parseInput(one('aws:iam/role:Role', name), 'assumeRolePolicy');
    expect(trust).toMatchObject({ Statement: [{ Principal: { Service: service } }] });
  });

  it('are these five, without other policies', () => {
    expect(findResources(dev, 'aws:iam/role:Role')).toHaveLength(5);
    expect(findResources(dev, 'aws:iam/rolePolicy:RolePolicy')).toHaveLength(5);
    const others = dev.resources.filter(({ type }) => /^aws:iam\/(?!role:|rolePolicy:)/.test(type));
    expect(others).toEqual([]);
  });
});

describe('the order of creation', () => {
  it('creates the queue policy before the only notification of the bucket', () => {
    const notification = one('aws:s3/bucketNotification:BucketNotification');
    expect(notification.dependencies).toContain(urn('aws:sqs/queuePolicy:QueuePolicy', 'fyrestream-sqs'));
    expect(notification.inputs.queues).toEqual([
      expect.objectContaining({
        queueArn: arns.uploadQueue,
        // Deletions are of no interest without `deleteAfterSourceDays`.
        events: ['s3:ObjectCreated:*'],
        filterPrefix: 'videos/',
      }),
    ]);
  });

  it('creates permissions and the invoker before event sources', () => {
    for (const mapping of findResources(dev, 'aws:lambda/eventSourceMapping:EventSourceMapping')) {
      expect(mapping.dependencies).toContain(urn('aws:iam/rolePolicy:RolePolicy', 'fyrestream-sqs-poller'));
      expect(mapping.dependencies).toContain(
        urn('aws:lambda/function:Function', 'fyrestream-transcoder-invoker'),
      );
    }
  });

  it('destroys the security group of the functions before the roles that remove their interfaces', () => {
    const group = one('aws:ec2/securityGroup:SecurityGroup', 'fyrestream-functions-dev');
    for (const name of ['fyrestream-sqs-poller', 'fyrestream-transcoder-invoker']) {
      expect(group.dependencies).toContain(urn('aws:iam/rolePolicy:RolePolicy', name));
      expect(lambda(name).dependencies).toContain(group.urn);
    }
  });

  it('creates the indexes of the ledger before the code that queries them', () => {
    expect(lambda('fyrestream-transcoder-invoker').dependencies).toContain(urn('aws:dynamodb/table:Table'));
  });

  it('creates policies before rules and the schedule', () => {
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

describe('an update of a stack of release 0.1.0', () => {
  // Pulumi replaces a resource whose URN changes: it would create a bucket, table or queue beside the one with the data.
  it.each([
    ['SourceBucket$fyrestream:index:PrivateBucket$aws:s3/bucket:Bucket', 'fyrestream-videos'],
    ['OutputBucket$fyrestream:index:PrivateBucket$aws:s3/bucket:Bucket', 'fyrestream-transcoded'],
    ['Ledger$aws:dynamodb/table:Table', 'fyrestream-jobs'],
    ['Queues$fyrestream:index:WorkQueue$aws:sqs/queue:Queue', 'fyrestream-sqs'],
    ['Queues$fyrestream:index:WorkQueue$aws:sqs/queue:Queue', 'fyrestream-control'],
    ['Queues$fyrestream:index:WorkQueue$aws:sqs/queue:Queue', 'fyrestream-sqs-dead-letters'],
    ['Queues$fyrestream:index:WorkQueue$aws:sqs/queue:Queue', 'fyrestream-control-dead-letters'],
    ['Functions$fyrestream:index:LambdaFunction$aws:iam/role:Role', 'fyrestream-sqs-poller'],
    ['Functions$fyrestream:index:LambdaFunction$aws:lambda/function:Function', 'fyrestream-sqs-poller'],
    ['Network$aws:ec2/securityGroup:SecurityGroup', 'fyrestream-functions-dev'],
    ['Network$awsx:ec2:Vpc', 'fyrestream-vpc'],
    ['Transcoder$aws:ecs/taskDefinition:TaskDefinition', 'fyrestream-transcoder'],
  ])('does not replace %s %s', (type, name) => {
    const urns = dev.resources.map((resource) => resource.urn);
    expect(urns).toContain(`urn:pulumi:dev::fyrestream::fyrestream:index:${type}::${name}`);
  });
});

describe('events that cannot be delivered', () => {
  it('go from every rule to a queue with an alarm', () => {
    const targets = findResources(dev, 'aws:cloudwatch/eventTarget:EventTarget');
    const queueOf = Object.fromEntries(targets.map(({ name, inputs }) => [name, inputs.deadLetterConfig]));
    expect(queueOf).toEqual({
      'task-stopped': { arn: arns.controlDeadLetters },
      'job-failed': { arn: arns.undeliveredEvents },
      'job-events': { arn: arns.undeliveredEvents },
    });
    const alarms = findResources(dev, 'aws:cloudwatch/metricAlarm:MetricAlarm');
    expect(alarms.map(({ inputs }) => inputs.dimensions)).toEqual(
      expect.arrayContaining([
        { QueueName: 'fyrestream-control-dead-letters-dev' },
        { QueueName: 'fyrestream-undelivered-events-dev' },
      ]),
    );
  });
});

describe('the outputs', () => {
  it('contain the monthly cost without uploads', () => {
    expect(dev.outputs.idleCostUsdPerMonth).toBeCloseTo(41.13, 2);
  });

  it('contain the same variables as the connection of a local cloud', () => {
    expect(dev.outputs).toMatchObject({
      region: 'us-east-1',
      deliveryUrl: null,
      environment: {
        FYRESTREAM_SOURCE_BUCKET: `fyrestream-videos-dev-${accountId}-us-east-1`,
        FYRESTREAM_DEAD_LETTER_QUEUE_URL: expect.stringContaining('fyrestream-sqs-dead-letters-dev'),
        FYRESTREAM_POLLER_LOG_GROUP: one('aws:cloudwatch/logGroup:LogGroup', 'fyrestream-sqs-poller').inputs
          .name,
        FYRESTREAM_INVOKER_LOG_GROUP: one('aws:cloudwatch/logGroup:LogGroup', 'fyrestream-transcoder-invoker')
          .inputs.name,
        FYRESTREAM_WORKER_LOG_GROUP: '/ecs/fyrestream-transcoder-dev',
      },
    });
  });
});

describe('the documents', () => {
  it('match the code; `pnpm --filter infra documents` updates them', async () => {
    const drawn = await recordProgram({ stack: 'dev', config: drawnConfiguration() });
    for (const { file, text } of await renderDocuments(drawn)) {
      const name = file.pathname.replace(/.*\/docs\//, 'docs/');
      expect(existsSync(file) ? readFileSync(file, 'utf8') : '', name).toBe(text);
    }
  });
});
