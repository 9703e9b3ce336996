import { expect, it } from 'vitest';
import type { Job } from '../api/views.ts';
import { type JobPages, withJob } from './job-pages.ts';

const all = { status: null, search: '' };
const job = (jobId: string, changes: Partial<Job> = {}) =>
  ({ jobId, status: 'running', sourceKey: `videos/${jobId}.mov`, ...changes }) as Job;
const pagesOf = (...pages: Job[][]): JobPages => ({
  pages: pages.map((jobs) => ({ jobs, cursor: null })),
  pageParams: pages.map(() => null),
});
const idsOf = ({ pages }: JobPages) => pages.map(({ jobs }) => jobs.map(({ jobId }) => jobId));

it('keeps the place of a job that reports progress', () => {
  const changed = job('b', { progress: { phase: 'encoding' } as Job['progress'] });
  const after = withJob(pagesOf([job('a'), job('b')], [job('c')]), changed, all);
  expect(idsOf(after)).toEqual([['a', 'b'], ['c']]);
  expect(after.pages[0]?.jobs[1]).toBe(changed);
});

it('shows a new job, and one whose status changed, first', () => {
  expect(idsOf(withJob(pagesOf([job('a')], [job('b')]), job('c'), all))).toEqual([['c', 'a'], ['b']]);
  const failed = job('b', { status: 'failed' });
  expect(idsOf(withJob(pagesOf([job('a')], [job('b')]), failed, all))).toEqual([['b', 'a'], []]);
});

it('removes a job that the filter no longer matches, and adds none that it does not', () => {
  const running = { status: 'running', search: '' } as const;
  expect(idsOf(withJob(pagesOf([job('a'), job('b')]), job('b', { status: 'failed' }), running))).toEqual([
    ['a'],
  ]);
  expect(idsOf(withJob(pagesOf([job('a')]), job('c'), { status: null, search: 'A.MOV' }))).toEqual([['a']]);
});
