import { expect, it } from 'vitest';
import { listMatchingJobs } from './list-matching-jobs.ts';

it('a search that finds nothing reads the ledger a few times for each page, also with a small limit', async () => {
  let reads = 0;
  const listJobs = async () => {
    reads += 1;
    return { jobs: [], cursor: 'more' };
  };
  const page = await listMatchingJobs({ listJobs }, { statuses: ['failed'], search: 'zzz' }, { limit: 1 });
  expect(page).toEqual({ jobs: [], cursor: 'more' });
  expect(reads).toBe(20);
});
