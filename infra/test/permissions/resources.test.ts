import { describe, expect, it } from 'vitest';
import { outputBucketPolicy, sourceBucketPolicy } from '../../src/permissions/buckets.ts';
import { controlQueuePolicy } from '../../src/permissions/control-queue.ts';
import { deadLetterQueuePolicy } from '../../src/permissions/dead-letter-queue.ts';
import { alertsTopicPolicy, jobEventsTopicPolicy } from '../../src/permissions/topics.ts';
import { serviceTrustPolicy } from '../../src/permissions/trust-policy.ts';
import { uploadQueuePolicy } from '../../src/permissions/upload-queue.ts';
import { webhookQueuePolicy } from '../../src/permissions/webhook-queue.ts';
import { accountId } from '../recording/fake-cloud.ts';
import { isAllowed, type Request } from './is-allowed.ts';
import { readRecordedCalls } from './recorded-call.ts';
import { arns, rolePermissions, toStackArn } from './test-stack.ts';

const distribution = `arn:aws:cloudfront::${accountId}:distribution/E2EXAMPLE`;
const uploads = uploadQueuePolicy(arns, accountId);
const control = controlQueuePolicy(arns);
const webhooks = webhookQueuePolicy(arns);
const delivered = outputBucketPolicy(arns, distribution);

const fromBucket = { 'aws:SourceArn': arns.sourceBucket, 'aws:SourceAccount': accountId };
const fromRule = { 'aws:SourceArn': arns.stoppedTaskRule };

const send = (principal: string, resource: string, context: Record<string, string>): Request => ({
  principal,
  action: 'sqs:SendMessage',
  resource,
  context,
});
const read = (key: string, sourceArn = distribution): Request => ({
  principal: 'cloudfront.amazonaws.com',
  action: 's3:GetObject',
  resource: `${arns.outputBucket}/${key}`,
  context: { 'aws:SourceArn': sourceArn },
});

describe('resource policies', () => {
  it('allow the recorded calls of S3 and EventBridge', async () => {
    const eventBridge = 'events.amazonaws.com';
    const senders = {
      [arns.uploadQueue]: { policy: uploads, principal: 's3.amazonaws.com', context: fromBucket },
      [arns.controlQueue]: { policy: control, principal: eventBridge, context: fromRule },
      [arns.webhookQueue]: {
        policy: webhooks,
        principal: eventBridge,
        context: { 'aws:SourceArn': arns.webhookRule },
      },
    };
    const queues = new Set<string>();
    for (const { principal, action, resource: localArn } of readRecordedCalls()) {
      if (principal !== 's3-notifications' && principal !== 'events') continue;
      const resource = toStackArn(localArn);
      const { policy, ...caller } = senders[resource] ?? { policy: uploads, principal, context: {} };
      expect(await isAllowed({ ...caller, action, resource }, { resource: policy })).toBe(true);
      queues.add(resource);
    }
    expect(queues).toEqual(new Set(Object.keys(senders)));
  });

  it.each([
    [
      'another bucket',
      send('s3.amazonaws.com', arns.uploadQueue, { ...fromBucket, 'aws:SourceArn': 'arn:aws:s3:::another' }),
    ],
    [
      'the bucket in another account',
      send('s3.amazonaws.com', arns.uploadQueue, { ...fromBucket, 'aws:SourceAccount': '999999999999' }),
    ],
    ['EventBridge', send('events.amazonaws.com', arns.uploadQueue, fromRule)],
  ])('deny %s on the upload queue', async (_caller, request) => {
    expect(await isAllowed(request, { resource: uploads })).toBe(false);
  });

  it.each([
    [
      'another rule',
      send('events.amazonaws.com', arns.controlQueue, { 'aws:SourceArn': arns.rule('another') }),
    ],
    ['S3', send('s3.amazonaws.com', arns.controlQueue, fromBucket)],
  ])('deny %s on the control queue', async (_caller, request) => {
    expect(await isAllowed(request, { resource: control })).toBe(false);
  });

  it('deny other rules on the queue of webhooks', async () => {
    const another = { 'aws:SourceArn': arns.ruleOnBus('another') };
    const request = send('events.amazonaws.com', arns.webhookQueue, another);
    expect(await isAllowed(request, { resource: webhooks })).toBe(false);
  });

  it('allow the distribution to read published files only', async () => {
    expect(await isAllowed(read('outputs/a.mp4/master.m3u8'), { resource: delivered })).toBe(true);
    expect(await isAllowed(read('versions/abc/1/h264-240/init.mp4'), { resource: delivered })).toBe(true);
    expect(await isAllowed(read('work/abc/video/1/0.m4s'), { resource: delivered })).toBe(false);
    expect(await isAllowed(read('keys/abc/1'), { resource: delivered })).toBe(false);
    const another = read('outputs/a.mp4/master.m3u8', distribution.replace('E2EXAMPLE', 'E3OTHER'));
    expect(await isAllowed(another, { resource: delivered })).toBe(false);
    expect(await isAllowed(read('outputs/a.mp4/master.m3u8'), { resource: outputBucketPolicy(arns) })).toBe(
      false,
    );
  });

  it.each([
    ['s3:GetObject', `${arns.sourceBucket}/videos/a.mp4`, 'worker', sourceBucketPolicy(arns)],
    ['s3:PutObject', `${arns.outputBucket}/outputs/a.mp4/master.m3u8`, 'worker', delivered],
    ['sqs:ReceiveMessage', arns.uploadQueue, 'poller', uploads],
    ['sqs:ReceiveMessage', arns.controlQueue, 'poller', control],
    ['sqs:ReceiveMessage', arns.webhookQueue, 'notifier', webhooks],
  ] as const)('deny %s on %s without TLS', async (action, resource, role, policy) => {
    const policies = { identity: rolePermissions[role], resource: policy };
    const request = { principal: arns.role(role), action, resource };
    expect(await isAllowed(request, policies)).toBe(true);
    const unencrypted = { ...request, context: { 'aws:SecureTransport': 'false' } };
    expect(await isAllowed(unencrypted, policies)).toBe(false);
  });

  it('deny other services on dead-letter queues', async () => {
    const policy = deadLetterQueuePolicy(arns.uploadDeadLetters, []);
    expect(
      await isAllowed(send('s3.amazonaws.com', arns.uploadDeadLetters, fromBucket), { resource: policy }),
    ).toBe(false);
  });

  it('allow only the rules of the stack to store what they cannot deliver', async () => {
    const from = (rule: string | undefined) =>
      send('events.amazonaws.com', arns.undeliveredEvents, { 'aws:SourceArn': rule ?? '' });
    const rules = [arns.ruleOnBus('fyrestream-job-failed-dev'), arns.ruleOnBus('fyrestream-job-events-dev')];
    const policy = { resource: deadLetterQueuePolicy(arns.undeliveredEvents, rules) };
    for (const rule of rules) expect(await isAllowed(from(rule), policy)).toBe(true);
    expect(await isAllowed(from(arns.rule('another')), policy)).toBe(false);
  });

  it('allow alarms, the budget and rules to publish to their own topics only', async () => {
    const publish = (principal: string, resource: string) => ({
      principal,
      action: 'sns:Publish',
      resource,
      context: { 'aws:SourceAccount': accountId },
    });
    const alerts = { resource: alertsTopicPolicy(arns.alerts, accountId) };
    const jobEvents = { resource: jobEventsTopicPolicy(arns.jobEvents) };
    expect(await isAllowed(publish('cloudwatch.amazonaws.com', arns.alerts), alerts)).toBe(true);
    expect(await isAllowed(publish('budgets.amazonaws.com', arns.alerts), alerts)).toBe(true);
    expect(await isAllowed(publish('events.amazonaws.com', arns.alerts), alerts)).toBe(false);
    expect(await isAllowed(publish('events.amazonaws.com', arns.jobEvents), jobEvents)).toBe(true);
    expect(await isAllowed(publish('s3.amazonaws.com', arns.jobEvents), jobEvents)).toBe(false);
  });

  it('limit a trust policy to one service and account', () => {
    expect(serviceTrustPolicy('ecs-tasks.amazonaws.com', accountId).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
    ]);
  });
});
