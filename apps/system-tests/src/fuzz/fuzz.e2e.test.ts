import { expect, it } from 'vitest';
import { runFuzz } from './run-fuzz.ts';

/** A short `pnpm fuzz`; the seeds are fixed, so that a failure can be repeated. */
it('damaged files are published or refused for good, and no part fails', async () => {
  const { uploads, violations } = await runFuzz({ seed: 10_001, mutations: 100 });
  expect(violations).toEqual([]);
  expect(uploads).toHaveLength(100);
});
