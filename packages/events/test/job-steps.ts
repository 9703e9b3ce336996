import type { AdditionalLaunch } from '../src/additional-workers.ts';
import { advanceJob } from '../src/advance-job.ts';
import type { JobStatus } from '../src/job-event.ts';
import { admitJob, type JobRecord } from '../src/job-record.ts';
import type { JobStep } from '../src/job-step.ts';
import type { Launch } from '../src/launch.ts';
import type { BilledServices, BilledTask } from '../src/receipt/receipt.ts';

export const at = '2026-01-01T00:00:00.000Z';
export const later = '2026-01-01T00:10:00.000Z';
export const reason = { code: 'some-reason', message: 'Something happened.', retryable: true };
export const size = { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 };
export const outputs = {
  prefix: 'outputs/a.mov/x/1/',
  masterKey: 'outputs/a.mov/master.m3u8',
  manifestKey: 'outputs/a.mov/manifest.mpd',
  posterKey: null,
  certificateKey: 'outputs/a.mov/x/1/certificate.json',
  damage: null,
  leftOut: [],
  durationSeconds: 1,
  renditions: [
    {
      name: 'audio-und',
      kind: 'audio' as const,
      codec: 'mp4a.40.2',
      width: null,
      height: null,
      averageBitrateBitsPerSecond: 128_000,
      sizeBytes: 1,
      fileKey: null,
    },
  ],
};

/** A minute on Spot. */
export const billedTask: BilledTask = {
  ...{ taskId: 'task-1', attempt: 1, slot: 0, capacity: 'spot', size, billedSeconds: 60, costUsd: 0.5 },
};
export const services: BilledServices = {
  requests: { writes: 100, reads: 10, costUsd: 0.25 },
  storage: { files: 3, sizeBytes: 1_000, costUsdPerMonth: 0.125 },
};

export function newJob(): JobRecord {
  return admitJob({
    jobId: 'a'.repeat(26),
    upload: {
      bucket: 'source',
      key: 'videos/a.mov',
      versionId: '1',
      etag: 'e',
      sizeBytes: 1,
      sequencer: '1',
      uploadedAt: at,
    },
    size,
    capacity: 'spot',
    costEstimateUsd: null,
    refusal: null,
    at,
  });
}

function launchOf(attempt: number, clientToken: string): Launch {
  return {
    attempt,
    taskArn: null,
    plannedAt: at,
    request: {
      clientToken,
      cluster: 'c',
      taskDefinition: 'd:1',
      containerName: 'worker',
      capacity: 'spot',
      size,
      subnets: [],
      securityGroups: [],
      startedBy: 'a'.repeat(26),
      environment: {},
    },
  };
}

export function launch(attempt: number): JobStep {
  return { kind: 'launch-planned', launch: launchOf(attempt, `token-${attempt}`) };
}

export function additionalLaunch(attempt: number, slot: number): AdditionalLaunch {
  return { ...launchOf(attempt, `token-${attempt}-${slot}`), slot };
}

/** Applies steps that must all be accepted. */
export function after(...steps: JobStep[]): JobRecord {
  return steps.reduce(advanced, newJob());
}

/** Applies one more step that must be accepted. */
export function advanced(job: JobRecord, step: JobStep): JobRecord {
  const advance = advanceJob(job, step, later);
  if (advance.outcome === 'refused') throw new TypeError(`${step.kind}: ${advance.because}`);
  return advance.job;
}

export const planned = (additionalWorkers: number): JobStep => ({
  ...{ kind: 'planned', attempt: 1, planToken: 1, additionalWorkers, costEstimateUsd: 0.5 },
});

export const started = [
  launch(1),
  { kind: 'task-started', attempt: 1, taskArn: 'arn:task/cluster/task-1' },
  { kind: 'work-started', attempt: 1 },
] as JobStep[];

/** A job in every status. */
export const jobs: Record<JobStatus, JobRecord> = {
  queued: newJob(),
  running: after(...started),
  succeeded: after(
    ...started,
    { kind: 'publication-chosen', token: 1 },
    { kind: 'published', token: 1, outputs },
  ),
  failed: after({ kind: 'failed', attempt: 0, reason }),
  held: after({ kind: 'held', reason }),
  cancelled: after({ kind: 'cancelled', reason }),
};
