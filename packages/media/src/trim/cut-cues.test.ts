import { expect, it } from 'vitest';
import { cutCues } from './cut-cues.ts';

const cue = (startMilliseconds: number, durationMilliseconds: number | null) => ({
  ...{ startMilliseconds, durationMilliseconds, bytes: new Uint8Array() },
});

it('moves cues, leaves out those outside, and cuts one that lasts beyond the end', () => {
  const cues = [
    cue(0, 900),
    cue(1_500, 1_000),
    cue(2_500, 500),
    cue(4_800, 900),
    cue(6_000, 500),
    cue(1_000, null),
  ];
  expect(cutCues(cues, { shiftSeconds: 2, lengthSeconds: 3 })).toEqual([
    cue(-500, 1_000),
    cue(500, 500),
    cue(2_800, 200),
    cue(-1_000, null),
  ]);
  expect(cutCues(cues, null)).toEqual(cues);
});
