import { readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServiceGateway, type TestServiceGateway } from '../../test/test-service-gateway.ts';
import { arn } from '../arn.ts';
import { localTopology } from '../topology.ts';
import { createEventBus } from './create-event-bus.ts';
import { createEventbridgeService } from './create-eventbridge-service.ts';
import { eventRules } from './event-rules.ts';

const EventBusName = localTopology.eventBus;
let parts: TestServiceGateway;
let client: EventBridgeClient;
const controlMessages: string[] = [];
const webhookMessages: string[] = [];

beforeAll(async () => {
  parts = await startTestServiceGateway();
  const topology = { ...localTopology, webhooks: { studio: { url: 'https://example.com' } } };
  const queues = {
    control: async (body: string) => void controlMessages.push(body),
    webhooks: async (body: string) => void webhookMessages.push(body),
  };
  const bus = createEventBus(eventRules(topology, queues, parts.layout.eventsFile));
  parts.controlPlane.add(createEventbridgeService(EventBusName, bus, Date.now));
  client = new EventBridgeClient(parts.clientFor('worker'));
});
afterAll(async () => {
  await parts.close();
});

it('appends job events to a file, as rules deliver them', async () => {
  const answer = await client.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName,
          Source: 'fyrestream',
          DetailType: 'job-succeeded',
          Detail: '{"jobId":"a"}',
          Time: new Date('2026-01-02T03:04:05.678Z'),
        },
        { EventBusName, Source: 'somebody', DetailType: 'else', Detail: '{}' },
      ],
    }),
  );
  expect(answer.FailedEntryCount).toBe(0);
  expect(webhookMessages.map((body) => JSON.parse(body).detail)).toEqual([{ jobId: 'a' }]);
  const events = readFileSync(parts.layout.eventsFile, 'utf8').trim().split('\n');
  expect(events.map((line) => JSON.parse(line))).toEqual([
    {
      version: '0',
      id: answer.Entries?.[0]?.EventId,
      'detail-type': 'job-succeeded',
      source: 'fyrestream',
      account: '000000000000',
      time: '2026-01-02T03:04:05Z',
      region: 'us-east-1',
      resources: [],
      detail: { jobId: 'a' },
    },
  ]);
});

it('reports an invalid entry and accepts the others', async () => {
  const entry = { EventBusName, Source: 'fyrestream', DetailType: 'job-failed', Detail: '{}' };
  const answer = await client.send(
    new PutEventsCommand({
      Entries: [{ ...entry, Detail: 'no json' }, { ...entry, Source: '' }, entry],
    }),
  );
  expect(answer.FailedEntryCount).toBe(2);
  expect(answer.Entries?.map((one) => one.ErrorCode)).toEqual([
    'MalformedDetail',
    'InvalidArgument',
    undefined,
  ]);
});

it('refuses events in the name of AWS, also of the operator: no task seems to have stopped', async () => {
  const detail = { clusterArn: arn.cluster(localTopology.cluster), lastStatus: 'STOPPED' };
  const entry = { EventBusName, DetailType: 'ECS Task State Change', Detail: JSON.stringify(detail) };
  const Entries = ['aws.ecs', 'aws.s3', 'fyrestream'].map((Source) => ({ ...entry, Source }));
  for (const principal of ['worker', 'operator'] as const) {
    const sender = new EventBridgeClient(parts.clientFor(principal));
    const answer = await sender.send(new PutEventsCommand({ Entries }));
    expect(answer.FailedEntryCount).toBe(2);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'NotAuthorizedForSourceException',
      'NotAuthorizedForSourceException',
      undefined,
    ]);
  }
  expect(controlMessages).toEqual([]);
});

it('refuses other buses and calls without entries', async () => {
  const entry = { EventBusName: 'other', Source: 'fyrestream', DetailType: 'job-failed', Detail: '{}' };
  await expect(client.send(new PutEventsCommand({ Entries: [entry] }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  const operator = new EventBridgeClient(parts.clientFor('operator'));
  const answer = await operator.send(new PutEventsCommand({ Entries: [entry] }));
  expect(answer.Entries?.[0]?.ErrorCode).toBe('ResourceNotFoundException');
  await expect(operator.send(new PutEventsCommand({ Entries: [] }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});
