import { expect, it } from 'vitest';
import { heavyDamageSeed } from './mutate.ts';
import { runFuzz } from './run-fuzz.ts';

/** One of each format. Each file takes some 4 s of one core; `pnpm fuzz` sends as many as wanted. */
const mutations = 9;

/** A short `pnpm fuzz` with files that are mostly refused: those that are published take too long for each test run. */
it('damaged files are published or refused for good, and no part fails', async () => {
  const { uploads, violations } = await runFuzz({ seed: heavyDamageSeed, mutations });
  expect(violations).toEqual([]);
  expect(uploads).toHaveLength(mutations);
});
