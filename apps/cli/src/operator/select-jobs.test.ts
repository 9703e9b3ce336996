import { type JobRecord, type JobStatus, jobIdOf } from '@fyrestream/events';
import { jobRecord } from '@fyrestream/operations/test/job-fixtures';
import { describe, expect, it } from 'vitest';
import { selectJobs } from './select-jobs.ts';

const job = (key: string, status: JobStatus): JobRecord => {
  const record = jobRecord({ status });
  const upload = { ...record.upload, key };
  return { ...record, jobId: jobIdOf(upload), upload };
};
const jobs = [
  job('videos/trips/a.mov', 'queued'),
  job('videos/trips/b.mov', 'failed'),
  job('videos/trips/c.mov', 'running'),
  job('videos/d.mov', 'queued'),
  job('videos/tripod.mov', 'queued'),
];
const ledger = {
  listJobs: async (status: JobStatus | readonly JobStatus[]) => ({
    jobs: jobs.filter((one) => [status].flat().includes(one.status)),
    cursor: null,
  }),
};
const changeable = ['queued', 'running'] as const;

describe('selectJobs', () => {
  it('selects every job that the command can change', async () => {
    expect(await keysOf({ all: true, yes: true })).toEqual([
      'd.mov',
      'tripod.mov',
      'trips/a.mov',
      'trips/c.mov',
    ]);
  });

  it('selects by status and by the beginning of the name', async () => {
    expect(await keysOf({ status: 'running', yes: true })).toEqual(['trips/c.mov']);
    for (const prefix of ['trips/', '/trips/', 'videos/trips/']) {
      expect(await keysOf({ prefix, yes: true })).toEqual(['trips/a.mov', 'trips/c.mov']);
    }
    expect(await keysOf({ status: 'queued', prefix: 'trip', yes: true })).toEqual([
      'tripod.mov',
      'trips/a.mov',
    ]);
    expect(await keysOf({ prefix: 'nothing/' })).toEqual([]);
  });

  it('changes nothing without --yes, and says how many jobs it would change', async () => {
    await expect(selectJobs(ledger, { all: true }, changeable)).rejects.toMatchObject({
      code: 'not-confirmed',
      message: expect.stringMatching(/^This would change 4 jobs \(.*, …\): add --yes to do it\.$/),
    });
  });

  it('refuses a status in which the command changes no job', async () => {
    await expect(selectJobs(ledger, { status: 'failed', yes: true }, changeable)).rejects.toMatchObject({
      code: 'status-refused',
    });
  });
});

async function keysOf(selection: Parameters<typeof selectJobs>[1]): Promise<string[]> {
  const selected = await selectJobs(ledger, selection, changeable);
  return selected.map(({ upload: { key } }) => key.replace('videos/', '')).toSorted();
}
