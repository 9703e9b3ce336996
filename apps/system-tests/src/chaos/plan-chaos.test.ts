import { expect, it } from 'vitest';
import { planChaos } from './plan-chaos.ts';

const settings = { seed: 7, uploads: 200, minutes: 5 };

it('makes the same plan for the same seed and another for another seed', () => {
  expect(planChaos(settings)).toEqual(planChaos(settings));
  expect(planChaos({ ...settings, seed: 8 })).not.toEqual(planChaos(settings));
});

it('plans every source file, replaced uploads, kills of every target and faults of every kind', () => {
  const { uploads, kills, faults } = planChaos(settings);
  expect(uploads).toHaveLength(200);
  expect(new Set(uploads.map(({ sourceName }) => sourceName)).size).toBe(8);
  const keys = new Set(uploads.map(({ key }) => key)).size;
  expect(keys).toBeGreaterThan(130);
  expect(keys).toBeLessThan(190);
  expect(new Set(kills.map(({ target }) => target))).toEqual(new Set(['worker', 'function', 'cloud']));
  expect(kills.length).toBeGreaterThan(50);
  for (const { minutes } of [settings, { minutes: 0.5 }]) {
    const kinds = planChaos({ ...settings, minutes }).faults.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['disk-full', 'clock-jump']));
  }
  for (const { atMilliseconds } of [...uploads, ...kills, ...faults])
    expect(atMilliseconds).toBeLessThan(5 * 60_000);
});
