import { controlMessageSchema } from '@fyrestream/events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startSweepSchedule } from './start-sweep-schedule.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('requests a sweep often while the stack is busy, and rarely otherwise', async () => {
  const sent: string[] = [];
  let busy = true;
  const schedule = startSweepSchedule({
    busyIntervalSeconds: 30,
    idleIntervalSeconds: 300,
    isBusy: () => busy,
    send: async (body) => void sent.push(body),
    nowMilliseconds: Date.now,
    log: () => {},
  });
  await vi.advanceTimersByTimeAsync(95_000);
  expect(sent).toHaveLength(3);
  expect(controlMessageSchema.parse(JSON.parse(sent[0] ?? ''))).toEqual({ kind: 'sweep-requested' });
  busy = false;
  await vi.advanceTimersByTimeAsync(240_000);
  expect(sent).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(4);
  schedule.stop();
  await vi.advanceTimersByTimeAsync(900_000);
  expect(sent).toHaveLength(4);
});
