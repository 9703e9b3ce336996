import { expect, it } from 'vitest';
import { mayHaveLongGap } from './audio-gap.ts';

const survey = (time: string, samples: number, ...warnings: string[]) =>
  [
    '[graph_0_in_0_1 @ 0x1] [verbose] tb:1/8000 samplefmt:s16 samplerate:8000 chlayout:mono',
    ...warnings,
    `[info] size=N/A time=${time} bitrate=N/A speed=9x`,
    `[verbose]   Input stream #0:1 (audio): 3 packets read (4800 bytes); 3 frames decoded (${samples} samples); `,
  ].join('\n');

it('finds silence that no samples explain, and times that ffmpeg ignored', () => {
  expect(mayHaveLongGap(survey('24:00:00.10', 2_400))).toBe(true);
  const warning = '[warning] DTS 315360000000, next:200000 st:1 invalid dropping';
  expect(mayHaveLongGap(survey('00:00:00.30', 2_400, warning))).toBe(true);
});

it('accepts long audio, short silence, and a stream that does not decode', () => {
  expect(mayHaveLongGap(survey('24:00:00.10', 24 * 3_600 * 8_000))).toBe(false);
  expect(mayHaveLongGap(survey('01:00:00.00', 2_400))).toBe(false);
  expect(mayHaveLongGap('')).toBe(false);
});
