import { expect, it } from 'vitest';
import { heavyDamageSeed } from './mutate.ts';
import { runFuzz } from './run-fuzz.ts';

/** A short `pnpm fuzz` with files that are mostly refused: those that are published take too long for each test run. */
it('damaged files are published or refused for good, and no part fails', async () => {
  const { uploads, violations } = await runFuzz({ seed: heavyDamageSeed, mutations: 100 });
  expect(violations).toEqual([]);
  expect(uploads).toHaveLength(100);
});
