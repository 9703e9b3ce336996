import { expect, it } from 'vitest';
import { equalCheck, maxCheck, minCheck } from './check.ts';
import { joinChecks } from './join-checks.ts';

it('keeps the value nearest to its limit, and adds counts', () => {
  const of = (name: string, measured: number) => ({ name, subject: 'h264-720', measured });
  const parts = [
    [
      minCheck(of('structure', 0.9), 0.5),
      maxCheck(of('brightness', 1), 8),
      equalCheck(of('frames', 120), 120),
    ],
    [minCheck(of('structure', 0.8), 0.7), maxCheck(of('brightness', 3), 8), equalCheck(of('frames', 90), 90)],
  ];
  expect(joinChecks(parts)).toEqual([
    minCheck(of('structure', 0.8), 0.7),
    maxCheck(of('brightness', 3), 8),
    equalCheck(of('frames', 210), 210),
  ]);
});

it('keeps checks of different tracks apart, and a failed one', () => {
  const decoding = (subject: string, measured: string) =>
    equalCheck({ name: 'decode-errors', subject, measured }, 'none');
  const parts = [
    [decoding('a', 'none'), decoding('b', 'none')],
    [decoding('a', '3'), decoding('b', 'none')],
  ];
  expect(joinChecks(parts)).toEqual([decoding('a', '3'), decoding('b', 'none')]);
});
