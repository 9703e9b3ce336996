import { jobRecord } from '@fyrestream/operations/test/job-fixtures';
import { describe, expect, it } from 'vitest';
import { selectJob } from './find-job.ts';

describe('selectJob', () => {
  const job = (jobId: string, key: string, minute: number) => {
    const record = jobRecord({ createdAt: `2026-01-01T00:0${minute}:00.000Z` });
    return { ...record, jobId: jobId.padEnd(26, 'a'), upload: { ...record.upload, key } };
  };
  const jobs = [
    job('abcdef', 'videos/trip/day 1.mov', 1),
    job('abcxyz', 'videos/trip/day 1.mov', 3),
    job('mmmmmm', 'videos/day 2.mov', 2),
  ];
  const find = (typed: string) => selectJob(jobs, typed)?.jobId.slice(0, 6);

  it('finds the newest job of a file by its name, path or key', () => {
    expect(['day 1.mov', 'trip/day 1.mov', 'videos/trip/day 1.mov'].map(find)).toEqual(
      Array(3).fill('abcxyz'),
    );
  });

  it('finds the job that was created last', () => {
    expect(find('latest')).toBe('abcxyz');
    expect(selectJob([], 'latest')).toBeNull();
  });

  it('finds a job by the first characters of its id, if they belong to one job', () => {
    expect([find('abcd'), find('mmmmmm')]).toEqual(['abcdef', 'mmmmmm']);
    expect([find('mmm'), find('zzzz'), find('day 3.mov')]).toEqual([undefined, undefined, undefined]);
    const same = [...jobs, job('abcdzz', 'videos/other.mov', 4)];
    expect(() => selectJob(same, 'abcd')).toThrow(expect.objectContaining({ code: 'job-ambiguous' }));
  });
});
