import { expect, it } from 'vitest';
import { createProgressMeter } from './progress-meter.ts';

function meterAt(options: { reported?: number; isDetailed?: boolean } = {}) {
  let now = 0;
  const meter = createProgressMeter({
    now: () => now,
    reported: { progress: options.reported ?? 0 },
    isDetailed: options.isDetailed ?? true,
  });
  const pass = (seconds: number) => {
    now += seconds * 1_000;
  };
  return { meter, pass };
}

it('the speed and the time left are those of the work, without the download before it', () => {
  const { meter, pass } = meterAt();
  pass(100);
  expect(meter.read()).toEqual({ progress: 0, pace: { speed: null, etaSeconds: null, tracks: {} } });
  meter.begin(60);
  pass(10);
  meter.reportTrack('h264-240', 0.25);
  meter.report(0.2);
  expect(meter.read()).toEqual({
    ...{ progress: 0.2, pace: { speed: 1.2, etaSeconds: 40, tracks: { 'h264-240': 0.25 } } },
  });
});

it('the speed is that of the last minute', () => {
  const { meter, pass } = meterAt();
  meter.begin(1_000);
  for (let second = 0; second < 100; second += 5) {
    pass(5);
    meter.report(0.001 * (second + 5));
    meter.read();
  }
  for (let second = 0; second < 60; second += 5) {
    pass(5);
    meter.report(0.1 + 0.002 * (second + 5));
    meter.read();
  }
  expect(meter.read().pace?.speed).toBeCloseTo(2);
  // Between two reports of a slow encoder the speed stays as it was.
  pass(300);
  expect(meter.read().pace?.speed).toBeGreaterThan(0);
});

it('a worker that begins a unit again does not report less than the one before', () => {
  const { meter, pass } = meterAt({ reported: 0.7 });
  meter.begin(10);
  pass(5);
  meter.report(0.1);
  expect(meter.read()).toMatchObject({ progress: 0.7, pace: { speed: 0.2, etaSeconds: 45 } });
  meter.report(0.05);
  meter.report(0.9);
  expect(meter.read().progress).toBe(0.9);
});

it('a finished unit has its average speed and all of its tracks', () => {
  const { meter, pass } = meterAt();
  meter.begin(60);
  meter.reportTrack('h264-240', 0.9);
  pass(20);
  expect(meter.end()).toEqual({ pace: { speed: 3, etaSeconds: 0, tracks: { 'h264-240': 1 } } });
});

it('where a worker of an earlier release takes part, only the progress is reported', () => {
  const { meter } = meterAt({ isDetailed: false });
  meter.report(0.5);
  expect(meter.read()).toEqual({ progress: 0.5 });
  expect(meter.end()).toEqual({});
});
