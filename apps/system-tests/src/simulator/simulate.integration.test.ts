import { expect, it } from 'vitest';
import { mutations } from './mutations.ts';
import { runSchedule } from './run-schedule.ts';
import { runSchedules, seedsOf } from './run-schedules.ts';

/** A taste of `pnpm simulate`: what is rare is found by its long runs alone. */
const schedules = 250;
/** Most guards are missed at once; the others only by `pnpm simulate --mutations`. */
const missedSoon = [
  'conditional write on the version of a job',
  'one token chosen for publication',
  'client token of a launch',
  'periodic sweep',
  'look of the sweep at its tasks',
  'partial batch response',
  'order of uploads by sequencer',
  'announcements owed by the record',
];

it('F11 F17 F21 F27 F28 no upload is lost, doubled or stuck, whatever dies, and when', async () => {
  const { violated } = await runSchedules(seedsOf(1, schedules));
  expect(violated).toEqual([]);
});

it.each([
  ['F04 events twice, late and in reverse order', { duplicate: 0.6, delay: 0.6 }],
  ['F11 the invoker fails after its message was taken', { crash: 0.03, throttle: 0.05 }],
  ['F13 no capacity, on Spot and on demand', { noPlace: 0.6 }],
  ['F14 throttled everywhere', { throttle: 0.1 }],
  ['F16 tasks that never run, and nobody says so', { startFailure: 0.3, neverStarts: 0.2, lose: 0.5 }],
  ['F17 the invoker dies between RunTask and its record', { crash: 0.03, loseAnswer: 0.05 }],
  ['F20 events that never arrive', { lose: 1 }],
  ['F22 Spot takes tasks back', { spotInterruption: 0.8 }],
  ['F23 workers are killed', { outOfMemory: 0.6 }],
  ['F25 workers that hang', { hang: 0.01 }],
  ['F27 lost workers that live on, with wrong clocks', { zombie: 0.5, freeze: 0.03, clockDrift: 120_000 }],
  ['F28 two workers on one job', { duplicateContainer: 1, freeze: 0.01 }],
  ['F30 answers that never come, requests repeated', { loseAnswer: 0.05, repeat: 0.1, slow: 0.2 }],
])('%s', async (_, rates) => {
  const { violated } = await runSchedules(seedsOf(1, 20), { rates });
  expect(violated).toEqual([]);
});

it('replays a seed to the last step', async () => {
  const record = async () => {
    const lines: string[] = [];
    await runSchedule(7, { trace: (line) => lines.push(line) });
    return lines;
  };
  const once = await record();
  expect(once.length).toBeGreaterThan(100);
  expect(await record()).toEqual(once);
});

it.each(missedSoon)('misses a guard that is removed: %s', async (name) => {
  const makeGuards = mutations[name];
  if (makeGuards === undefined) expect.unreachable(`there is no guard ${name}`);
  const { violated } = await runSchedules(seedsOf(1, schedules), { makeGuards, stopsAtFirst: true });
  expect(violated[0]?.violations.length).toBeGreaterThan(0);
});
