import { constants } from 'node:buffer';
import { mediaCeilings } from '@fyrestream/media';
import { expect, it } from 'vitest';
import { probeOutputLimitBytes } from './probe-output-limit.ts';

it('has room for the packets of the longest video at 30 frames per second: one of 26 hours at 60 was unreadable', () => {
  const line = '172799.966667,172799.933333,1234567,123456789012,K__\n';
  const packetsOf = (hours: number, framesPerSecond: number) => hours * 3_600 * framesPerSecond;
  expect(line.length * packetsOf(mediaCeilings.durationSeconds / 3_600, 30)).toBeLessThan(
    probeOutputLimitBytes,
  );
  expect(line.length * packetsOf(30, 60)).toBeLessThan(probeOutputLimitBytes);
  expect(probeOutputLimitBytes).toBeLessThan(constants.MAX_STRING_LENGTH);
});
