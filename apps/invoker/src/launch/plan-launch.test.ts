import { admitJob, type JobRecord, type LaunchTarget, taskRequestSchema } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { planLaunch } from './plan-launch.ts';

const target: LaunchTarget = {
  cluster: 'fyrestream-dev',
  taskDefinition: 'fyrestream-transcoder-dev:7',
  containerName: 'fyrestream-transcoder',
  subnets: ['subnet-a', 'subnet-b'],
  securityGroups: ['sg-a'],
};
const at = '2026-01-02T03:04:05.000Z';
const job: JobRecord = admitJob({
  jobId: 'abcdefghijklmnopqrstuvwxyz',
  upload: {
    bucket: 'fyrestream-videos-dev',
    key: 'videos/holiday.mov',
    versionId: 'v1',
    etag: 'etag',
    sizeBytes: 1_000,
    sequencer: '00A1',
    uploadedAt: at,
  },
  size: { cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 30 },
  costEstimateUsd: 0.05,
  refusal: null,
  capacity: 'spot',
  at,
});

it('plans the complete request of the first launch', () => {
  expect(planLaunch(job, target, at)).toEqual({
    attempt: 1,
    taskArn: null,
    plannedAt: at,
    request: {
      clientToken: expect.stringMatching(/^[0-9a-f]{64}$/),
      cluster: 'fyrestream-dev',
      taskDefinition: 'fyrestream-transcoder-dev:7',
      containerName: 'fyrestream-transcoder',
      capacity: 'spot',
      size: { cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 30 },
      subnets: ['subnet-a', 'subnet-b'],
      securityGroups: ['sg-a'],
      startedBy: 'abcdefghijklmnopqrstuvwxyz',
      environment: {
        FYRESTREAM_REQUEST: '{"schemaVersion":1,"jobId":"abcdefghijklmnopqrstuvwxyz","attempt":1,"slot":0}',
      },
    },
  });
});

it('F17 has the same client token for the same launch and another token for any other launch', () => {
  const tokenOf = (changes: Partial<JobRecord>) =>
    planLaunch({ ...job, ...changes }, target, at).request.clientToken;
  const tokens = [{}, { attempt: 1 }, { capacity: 'on-demand' as const }, { jobId: `${'a'.repeat(26)}` }];
  expect(new Set(tokens.map(tokenOf)).size).toBe(4);
  expect(tokenOf({ updatedAt: '2027-01-01T00:00:00.000Z', waitCount: 3 })).toBe(tokenOf({}));
});

it('F18 stays below the size limit of a request, also with a long upload key', () => {
  const upload = { ...job.upload, key: `videos/${'é'.repeat(500)}.mov` };
  const { request } = planLaunch({ ...job, upload }, target, at);
  expect(JSON.stringify(request.environment).length).toBeLessThan(200);
  expect(taskRequestSchema.parse(request)).toEqual(request);
});
