import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchForStall } from './stall-watchdog.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('F25 ends what brings nothing any more', () => {
  const watchdog = watchForStall(60_000);
  vi.advanceTimersByTime(59_000);
  watchdog.feed();
  vi.advanceTimersByTime(59_000);
  expect(watchdog.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(watchdog.signal.reason).toMatchObject({ code: 'ffmpeg-stalled', retryable: true });
});

it('keeps quiet once it is stopped', () => {
  const watchdog = watchForStall(60_000);
  watchdog.stop();
  vi.advanceTimersByTime(120_000);
  expect(watchdog.signal.aborted).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});
