import { readFileSync, statSync } from 'node:fs';
import { ledgerTableDefinition } from '@fyrestream/cloud';
import { invokeConcurrency } from '@fyrestream/poller';
import { describe, expect, it } from 'vitest';
import { bundles } from '../src/functions/bundles.ts';
import { queueLimits } from '../src/queues/queue-limits.ts';
import { arns } from './permissions/test-stack.ts';
import { accountId } from './recording/fake-cloud.ts';
import { findResource, findResources, parseInput } from './recording/find-resource.ts';
import type { Recording } from './recording/recorded-resource.ts';

/** Tests of single resources of the stack `dev`. @param dev its recording, while the tests run */
export function describeDevStackResources(dev: () => Recording): void {
  const one = (type: string, name?: string) => findResource(dev(), type, name);
  const lambda = (name: string) => one('aws:lambda/function:Function', name);
  const container = () => {
    const [first] = parseInput(one('aws:ecs/taskDefinition:TaskDefinition'), 'containerDefinitions') as {
      environment: { name: string; value: string }[];
    }[];
    return first ?? { environment: [] };
  };

  describe('queues and functions', () => {
    it('F19 have timeouts that fit each other', () => {
      const rounds = Math.ceil(queueLimits.batchSize / queueLimits.invokeConcurrency);
      expect(queueLimits.pollerTimeoutSeconds).toBeGreaterThanOrEqual(
        rounds * queueLimits.invokerTimeoutSeconds,
      );
      expect(queueLimits.visibilityTimeoutSeconds).toBeGreaterThanOrEqual(
        6 * queueLimits.pollerTimeoutSeconds,
      );
      expect(queueLimits.invokeConcurrency).toBe(invokeConcurrency);
    });

    it('have the expected retention, redrive policy and batch size', () => {
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

    it('have bundles of at most 1.5 MB', () => {
      const megabyte = 1_000_000;
      for (const files of [bundles.poller, bundles.invoker]) {
        const size = statSync(new URL(`../${files['main.mjs']}`, import.meta.url)).size;
        expect(size).toBeLessThanOrEqual(1.5 * megabyte);
      }
    });
  });

  describe('the transcoder', () => {
    it('has a task definition whose size a launch can override', () => {
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

    it('runs as an unprivileged user and can write to its scratch volume only', () => {
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

    it('is built from relative paths', () => {
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

    it('can use Spot and on-demand capacity', () => {
      expect(one('aws:ecs/clusterCapacityProviders:ClusterCapacityProviders').inputs).toMatchObject({
        clusterName: 'fyrestream-dev',
        capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      });
    });
  });

  describe('stored data', () => {
    it('uses the table definition of packages/cloud', () => {
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
      'is private in %s, which is removed with the stack',
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

    it('expires', () => {
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
    it('has gateway endpoints for S3 and DynamoDB, and one NAT gateway', () => {
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

    it('allows no inbound traffic', () => {
      for (const group of findResources(dev(), 'aws:ec2/securityGroup:SecurityGroup')) {
        expect(group.inputs).toMatchObject({
          ingress: [],
          egress: [{ protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: ['0.0.0.0/0'] }],
        });
      }
    });
  });

  describe('the alarms', () => {
    const alarm = (name: string) => one('aws:cloudwatch/metricAlarm:MetricAlarm', name).inputs;

    it('count the log message that the invoker writes', () => {
      const filter = one('aws:cloudwatch/logMetricFilter:LogMetricFilter', 'sweep-in-trouble').inputs;
      expect(filter).toMatchObject({
        logGroupName: '/aws/lambda/fyrestream-transcoder-invoker-dev',
        pattern: '{ $.msg = "sweep-in-trouble" }',
        metricTransformation: {
          namespace: 'Fyrestream',
          name: 'fyrestream-sweep-in-trouble-dev',
          value: '1',
        },
      });
      const sweep = readFileSync(
        new URL('../../apps/invoker/src/isolate-failures.ts', import.meta.url),
        'utf8',
      );
      expect(sweep).toContain("'sweep-in-trouble'");
      expect(alarm('stuck-jobs')).toMatchObject({
        namespace: 'Fyrestream',
        metricName: 'fyrestream-sweep-in-trouble-dev',
        period: 900,
        threshold: 3,
      });
    });

    it('F14 speak when AWS has not started a task for an hour', () => {
      const filter = one('aws:cloudwatch/logMetricFilter:LogMetricFilter', 'launch-blocked').inputs;
      expect(filter).toMatchObject({
        logGroupName: '/aws/lambda/fyrestream-transcoder-invoker-dev',
        pattern: '{ $.msg = "launch-blocked" }',
      });
      const source = new URL('../../apps/invoker/src/launch/log-blocked-launch.ts', import.meta.url);
      expect(readFileSync(source, 'utf8')).toContain("'launch-blocked'");
      expect(alarm('blocked-launches')).toMatchObject({
        metricName: 'fyrestream-launch-blocked-dev',
        // Longer than the longest time between two launches of a job.
        period: 1800,
        threshold: 1,
      });
    });

    it('count failed jobs by their own rule', () => {
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

    it('notify when they are raised and when they recover', () => {
      const topic = [`arn:aws:sns:us-east-1:${accountId}:fyrestream-alerts-dev`];
      for (const { inputs } of findResources(dev(), 'aws:cloudwatch/metricAlarm:MetricAlarm')) {
        expect(inputs).toMatchObject({
          alarmActions: topic,
          okActions: topic,
          treatMissingData: 'notBreaching',
        });
      }
    });
  });
}
