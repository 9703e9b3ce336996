import { once } from 'node:events';
import { createLogger, type Ledger } from '@fyrestream/cloud';
import {
  admitJob,
  advanceJob,
  FyrestreamError,
  type JobRecord,
  type JobStep,
  type TaskRequest,
  type UnitRecord,
  workerExitCode,
} from '@fyrestream/events';
import { fargatePrices } from '@fyrestream/media';
import { expect, it } from 'vitest';
import type { ActiveClaim } from './claim-heartbeat.ts';
import { createWorker } from './create-worker.ts';
import { systemTimers } from './timers.ts';
import type { WorkerDependencies } from './worker-dependencies.ts';

const at = '2026-01-01T00:00:00.000Z';
const jobId = 'a'.repeat(26);
const never = new AbortController().signal;
const reason = { code: 'ffmpeg-failed', message: 'ffmpeg failed.', retryable: true };

const launch = (attempt: number) => ({
  ...{ attempt, taskArn: null, plannedAt: at, request: {} as TaskRequest },
});

function startedJob(): JobRecord {
  const admitted = admitJob({
    jobId,
    upload: {
      ...{ bucket: 'source', key: 'videos/a.mov', versionId: '1', etag: 'e', sizeBytes: 1 },
      ...{ sequencer: '1', uploadedAt: at },
    },
    size: { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 },
    ...{ capacity: 'spot', costEstimateUsd: null, refusal: null, at },
  });
  return [
    { kind: 'launch-planned', launch: launch(1) },
    { kind: 'work-started', attempt: 1 },
    { kind: 'planned', attempt: 1, planToken: 1, additionalWorkers: 1, costEstimateUsd: 0.1 },
    { kind: 'additional-planned', launch: { ...launch(1), slot: 1 } },
  ].reduce((job, step) => advanced(job, step as JobStep), admitted);
}

function advanced(job: JobRecord, step: JobStep): JobRecord {
  const result = advanceJob(job, step, at);
  if (result.outcome === 'refused') expect.fail(result.because);
  return result.job;
}
