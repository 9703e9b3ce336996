import { expect, it } from 'vitest';
import { stoppedTaskOf, taskStateChangeSchema, usageOf } from './task-stopped.ts';

const request = JSON.stringify({ schemaVersion: 1, jobId: 'a'.repeat(26), attempt: 2, slot: 1 });
const detail = {
  taskArn: 'arn:aws:ecs:us-east-1:123456789012:task/fyrestream/0123456789abcdef',
  clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/fyrestream',
  ...{ lastStatus: 'STOPPED', version: 5, cpu: '1024', memory: '2048' },
  ephemeralStorage: { sizeInGiB: 30 },
  capacityProviderName: 'FARGATE_SPOT',
  createdAt: '2026-11-30T10:00:00.000Z',
  pullStartedAt: '2026-11-30T10:00:10.000Z',
  pullStoppedAt: '2026-11-30T10:00:20.000Z',
  startedAt: '2026-11-30T10:00:30.000Z',
  stoppedAt: '2026-11-30T10:05:10.500Z',
  overrides: {
    ...{ cpu: '4096', memory: '8192' },
    containerOverrides: [{ name: 'worker', environment: [{ name: 'FYRESTREAM_REQUEST', value: request }] }],
  },
};
const event = (changes: object = {}) =>
  taskStateChangeSchema.parse({
    ...{ source: 'aws.ecs', 'detail-type': 'ECS Task State Change' },
    detail: { ...detail, ...changes },
  });

it('a task is used from the pull of its image until it stops, in the size that it was started with', () => {
  expect(stoppedTaskOf(event()).usage).toEqual({
    ...{ attempt: 2, slot: 1, capacity: 'spot', cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 30 },
    seconds: 300.5,
  });
  // DescribeTasks has dates.
  const described = usageOf({
    ...detail,
    pullStartedAt: new Date(detail.pullStartedAt),
    stoppedAt: new Date(detail.stoppedAt),
  });
  expect(described).toEqual(stoppedTaskOf(event()).usage);
});

it('a task that did not start was not used, and one without a capacity provider is on demand', () => {
  const changes = { pullStartedAt: undefined, startedAt: undefined, capacityProviderName: undefined };
  expect(stoppedTaskOf(event(changes)).usage).toMatchObject({ seconds: 0, capacity: 'on-demand' });
  expect(stoppedTaskOf(event({ pullStartedAt: undefined })).usage).toMatchObject({ seconds: 280.5 });
});

it.each([
  ['of something else', { overrides: undefined }],
  ['that has not stopped', { stoppedAt: undefined }],
  ['of unknown size', { cpu: undefined, overrides: { ...detail.overrides, cpu: undefined } }],
])('nothing is known of the use of a task %s', (_which, changes) => {
  expect(stoppedTaskOf(event(changes))).not.toHaveProperty('usage');
});
