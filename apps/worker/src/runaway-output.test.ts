import { expect, it } from 'vitest';
import { runawayOutput } from './runaway-output.ts';

it('ends an encode for good whose output is far longer than planned', () => {
  expect(runawayOutput({ durationSeconds: 2 }, 3_600)).toMatchObject({
    code: 'runaway-output',
    retryable: false,
  });
  expect(runawayOutput({ durationSeconds: null }, 1e6)).toMatchObject({ code: 'runaway-output' });
});

it('allows an output that is a little longer', () => {
  expect(runawayOutput({ durationSeconds: 2 }, 300)).toBeNull();
  expect(runawayOutput({ durationSeconds: 36_000 }, 40_000)).toBeNull();
  expect(runawayOutput({ durationSeconds: null }, 3_600)).toBeNull();
});
