import {
  type AdditionalLaunch,
  type BilledTask,
  type JobRecord,
  jobProgress,
  type Receipt,
} from '@fyrestream/events';
import { after, jobRecord, unitRecord } from '@fyrestream/operations/test/job-fixtures';
import { expect, it } from 'vitest';
import { formatJob } from './format-job.ts';

const terminal = { colour: (_: unknown, shown: string) => shown };
const workersOf = (changes: Partial<JobRecord>) => {
  const job = jobRecord(changes);
  const measured = jobProgress(job, [], job.updatedAt);
  const text = formatJob(job, [], { progress: '', measured, isDeleted: false, lateFiles: [], terminal });
  return /^workers +(.*)$/m.exec(text)?.[1];
};
const launch = (slot: number) => ({ slot, taskArn: `arn:${slot}` }) as AdditionalLaunch;
const launches = [launch(1), launch(2)];
const leading = { taskArn: 'arn:0' } as JobRecord['launch'];

it('shows how many workers a job has, and how many it wants', () => {
  const additional = { planToken: 1, wanted: 3, lastSlot: 2, launches };
  expect(workersOf({ status: 'running', launch: leading, additional })).toBe('3 of 4');
  expect(workersOf({ status: 'queued', additional })).toBe('2 of 4');
  expect(workersOf({ status: 'running', launch: leading })).toBeUndefined();
  const over = { ...additional, wanted: 0, launches: [] };
  expect(workersOf({ status: 'succeeded', additional: over })).toBe('2 additional ones were launched');
});

it('a running job has a line per track and unit, with speed and time left', () => {
  const job = jobRecord({ status: 'running' });
  const pace = { speed: 1.5, etaSeconds: 40, tracks: { 'h264-720': 0.5 } };
  const units = [
    unitRecord('plan', { state: 'done', progress: 1, videoUnits: 2, audioUnits: 0 }),
    unitRecord('video-00001', { claimedAt: after(2), updatedAt: after(8), progress: 0.5, pace }),
  ];
  const measured = jobProgress(job, units, after(10));
  const text = formatJob(job, units, {
    progress: '',
    measured,
    isDeleted: false,
    lateFiles: [],
    terminal,
  });
  expect(text).toMatch(/^TRACK +ENCODED +VERIFIED +SPEED +LEFT$/m);
  expect(text).toMatch(/^h264-720 +25% +0% +1.5x +2m$/m);
  expect(text).toMatch(/^video-00001 +claimed +50% +1.5x +38s +1 +attempt-1-slot-0 /m);
  expect(text).toMatch(/^plan +done +100% +1 +attempt-1-slot-0 /m);
});

it('shows what a job has cost beside its estimate, and that it is not all while a task runs', () => {
  const size = { cpuUnits: 2_048, memoryMiB: 4_096, ephemeralStorageGiB: 21 };
  const task: BilledTask = {
    ...{ taskId: 'a', attempt: 1, slot: 0, capacity: 'spot', size, billedSeconds: 90, costUsd: 0.0015 },
  };
  const receipt: Receipt = {
    tasks: [task, { ...task, taskId: 'b', attempt: 2, capacity: 'on-demand' as const }],
    earlier: { tasks: 0, billedSeconds: 0, spotSeconds: 0, costUsd: 0 },
    unbilled: [],
    requests: { writes: 1_200, reads: 30, costUsd: 0.006 },
    storage: { files: 40, sizeBytes: 2_000_000, costUsdPerMonth: 0.0001 },
  };
  const shown = (changes: Partial<JobRecord>) => {
    const job = jobRecord({ receipt, attempt: 2, ...changes });
    const measured = jobProgress(job, [], job.updatedAt);
    return formatJob(job, [], { progress: '', measured, isDeleted: false, lateFiles: [], terminal });
  };
  expect(shown({ status: 'succeeded' })).toMatch(
    /^estimate +\$0\.0017\ncost +\$0\.0090\n +\$0\.0030 for 2 tasks, 3m, 1m 30s on Spot\n +\$0\.0060 for requests to S3, 1200 writing and 30 reading\n +\$0\.0001 a month for 40 files, 2 MB$/m,
  );
  expect(shown({ status: 'running' })).toMatch(/^cost +\$0\.0090 so far$/m);
  expect(shown({ receipt: undefined })).not.toMatch(/^cost/m);
});
