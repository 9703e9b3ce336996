import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startStallWatchdog } from './stall-watchdog.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('F25 aborts its signal when there is no progress', () => {
  const watchdog = startStallWatchdog(60_000);
  vi.advanceTimersByTime(59_000);
  watchdog.feed();
  vi.advanceTimersByTime(59_000);
  expect(watchdog.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(watchdog.signal.reason).toMatchObject({ code: 'ffmpeg-stalled', retryable: true });
});

it('does nothing after it was stopped', () => {
  const watchdog = startStallWatchdog(60_000);
  watchdog.stop();
  vi.advanceTimersByTime(120_000);
  expect(watchdog.signal.aborted).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});
