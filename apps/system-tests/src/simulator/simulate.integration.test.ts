import { expect, it } from 'vitest';
import { mutations } from './mutations.ts';
import { runSchedule } from './run-schedule.ts';
import { runSchedules, seedsOf } from './run-schedules.ts';

/** A short `pnpm simulate`; rare violations need its long runs. */
const manySeeds = 300;
const someSeeds = { first: 1, count: 30 };
const fewSeeds = { first: 1, count: 8 };
/**
 * Guards whose removal shows within few schedules, each with the first one that shows it: the search begins there, and goes on
 * where the simulator has changed since. `pnpm simulate --mutations` removes all guards.
 */
const detectedSoon = {
  'conditional write on the version of a job': 22,
  'one token chosen for publication': 19,
  'client token of a launch': 30,
  'periodic sweep': 2,
  'order of uploads by sequencer': 3,
  'events stored in the job record': 1,
  'additional workers only encode': 8,
  'winning claim of a unit in the join': 3,
  'order of the line by tenant': 15,
  'order of the line by priority': 15,
  'place of its own for each launch': 1,
};

it('loses, doubles or blocks no upload, whatever fails and when', async () => {
  const { violated } = await runSchedules(seedsOf(someSeeds));
  expect(violated).toEqual([]);
});

it.each([
  ['messages that arrive twice, late and in another order', { duplicateMessage: 0.6, delayMessage: 0.6 }],
  ['an invoker that fails after it was called', { crash: 0.03, throttle: 0.05 }],
  ['missing capacity, on Spot and on demand', { noCapacity: 0.6 }],
  ['throttling by every service', { throttle: 0.1 }],
  ['tasks that never run, without an event', { startFailure: 0.3, stuckPending: 0.2, loseMessage: 0.5 }],
  ['an invoker that dies between RunTask and its record', { crash: 0.03, loseResponse: 0.05 }],
  ['messages that never arrive', { loseMessage: 1 }],
  ['Spot interruptions', { spotInterruption: 0.8 }],
  ['workers that are killed', { outOfMemory: 0.6 }],
  ['workers that hang', { hang: 0.01 }],
  [
    'workers that outlive their lease, with wrong clocks',
    { falseStop: 0.5, pause: 0.03, maxClockOffsetMilliseconds: 120_000 },
  ],
  [
    'workers that fail after they were reported as stopped',
    { falseStop: 0.6, mediaFailure: 0.4, pause: 0.05 },
  ],
  ['two workers with the same request', { secondContainer: 1, pause: 0.01 }],
  [
    'F30 workers of a job that are interrupted, hang, come twice and outlive it',
    { spotInterruption: 0.5, hang: 0.003, secondContainer: 0.5, falseStop: 0.3, loseMessage: 0.3 },
  ],
  ['video units that are not exact', { inexactUnit: 0.3, outOfMemory: 0.2 }],
  ['lost responses and repeated requests', { loseResponse: 0.05, repeatRequest: 0.1, slowCall: 0.2 }],
])('survives %s', async (_, rates) => {
  const { violated } = await runSchedules(seedsOf(fewSeeds), { rates });
  expect(violated).toEqual([]);
});

it('repeats a schedule exactly for the same seed', async () => {
  const record = async () => {
    const lines: string[] = [];
    await runSchedule(7, { trace: (line) => lines.push(line) });
    return lines;
  };
  const lines = await record();
  expect(lines.length).toBeGreaterThan(100);
  expect(await record()).toEqual(lines);
});

it.each(Object.entries(detectedSoon))('finds a violation without the guard: %s', async (name, first) => {
  const createOverrides = mutations[name];
  if (createOverrides === undefined) expect.unreachable(`there is no guard ${name}`);
  const seeds = seedsOf({ first, count: manySeeds });
  const { violated } = await runSchedules(seeds, { createOverrides, stopsAtFirst: true });
  expect(violated[0]?.violations.length).toBeGreaterThan(0);
});
