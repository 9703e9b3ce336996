import { execFileSync } from 'node:child_process';
import { MediaRefusal } from '@fyrestream/media';
import { expect, it } from 'vitest';
import { createInspectionBudget } from './inspection-budget.ts';
import type { ProcessLimits } from './process-limits.ts';

/** A budget whose inspections use CPU time as the test says. */
function budgetOf(sourceBytes: number) {
  let used = 100;
  const budget = createInspectionBudget(sourceBytes, () => used);
  const inspect = (seconds: number) =>
    budget.run(async ({ cpuSeconds }: ProcessLimits) => {
      used += Math.min(seconds, cpuSeconds);
      if (seconds > cpuSeconds) throw new MediaRefusal('media-too-costly', `The limit is ${cpuSeconds} s.`);
      return cpuSeconds;
    });
  return { inspect };
}

it('gives each inspection what the ones before it left', async () => {
  const { inspect } = budgetOf(1_000);
  expect(await inspect(10.5)).toBe(45);
  expect(await inspect(30)).toBe(34);
  expect(await inspect(1)).toBe(4);
});

it('attack: a file that costs each of many inspections less than the limit', async () => {
  const { inspect } = budgetOf(1_000);
  await inspect(30);
  const message = expect.stringMatching(/The limit is 45 s of CPU time/);
  const refusal = { code: 'media-too-costly', retryable: false, message };
  await expect(inspect(30)).rejects.toMatchObject(refusal);
  await expect(inspect(0)).rejects.toMatchObject(refusal);
});

it('gives a film of several gigabytes hours', async () => {
  expect(await budgetOf(4 * 1024 ** 3).inspect(20_000)).toBe(8 * 4 * 1024);
});

it.skipIf(process.platform !== 'linux')('counts the CPU time of children that have ended', async () => {
  const budget = createInspectionBudget(0);
  const limitOf = () => budget.run(async ({ cpuSeconds }) => cpuSeconds);
  expect(await limitOf()).toBe(45);
  execFileSync(process.execPath, ['-e', '0']);
  expect(await limitOf()).toBeLessThan(45);
});
