import { expect, it } from 'vitest';
import { mutations } from './mutations.ts';
import { runSchedule } from './run-schedule.ts';
import { runSchedules, seedsOf } from './run-schedules.ts';

/** A taste of `pnpm simulate`: what is rare is found by its long runs alone. */
const schedules = 500;
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

it('replays a seed to the last step', async () => {
  const record = async () => {
    const lines: string[] = [];
    await runSchedule(7, undefined, (line) => lines.push(line));
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
