import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { formatRational, type Rational, rationalValue } from '../cmaf/rational.ts';
import { readFrameTiming } from '../observe/frame-timing.ts';
import { readPacketTimes } from '../observe/packet-times.ts';
import { planFrameRate } from './plan-frame-rate.ts';

function planOf(base: string, average: string, times?: number[]) {
  const stream = factsOf([videoStream({ r_frame_rate: base, avg_frame_rate: average })]).video[0];
  if (!stream) throw new TypeError('the case has no video');
  const { rate, why } = planFrameRate(stream, timingOf(times));
  return { rate: formatRational(rate), why };
}
/** As ffprobe prints packets. */
function timingOf(times: number[] | undefined) {
  if (times === undefined) return null;
  const lines = times.map((seconds) => `${seconds.toFixed(6)},${seconds.toFixed(6)},9,__`);
  return readFrameTiming(readPacketTimes(lines.join('\n')));
}
const every = (seconds: number, count: number, round = (time: number) => time) =>
  Array.from({ length: count }, (_, index) => round(index * seconds));
const fields = (fieldOf: (index: number) => number) =>
  Array.from({ length: 144 }, (_, index) => (fieldOf(index) * 1001) / 60_000);
const milliseconds = (time: number) => Math.round(time * 1000) / 1000;

describe('planFrameRate from the metadata of the container', () => {
  it.each([
    ['24000/1001', '24000/1001', '24000/1001'],
    ['24', '24', '24'],
    ['25/1', '25/1', '25'],
    ['30000/1001', '300000/10201', '30000/1001'],
    ['2997/100', '2997/100', '30000/1001'],
    ['29917/1000', '29917/1000', '30000/1001'],
    ['23040000/767849', '23040000/767849', '30'],
    ['90000/1501', '90000/1501', '60000/1001'],
    ['15/1', '15/1', '15'],
    ['48/1', '48/1', '48'],
    ['60/1', '60/1', '60'],
    ['120/1', '120/1', '60'],
    ['120000/1001', '120000/1001', '60000/1001'],
    ['100/1', '100/1', '50'],
    ['240/1', '240/1', '60'],
    ['90/1', '90/1', '45'],
    ['144/1', '144/1', '48'],
    ['1/7', '1/7', '1'],
    ['50/1', '25/1', '25'],
    ['60/1', '47/1', '60'],
    ['90000/1', '27/1', '25'],
    ['1000/1', '22/1', '24000/1001'],
    ['0/0', '0/0', '25'],
  ])('base %s, average %s: %s', (base, average, rate) => {
    const reported = (text: string) => (text.includes('/') ? text : `${text}/1`);
    expect(planOf(reported(base), reported(average)).rate).toBe(rate);
  });
});

describe('planFrameRate from the times of packets', () => {
  it('keeps 30 if a recorder dropped some frames and the average is 29.8', () => {
    const times = every(1 / 30, 300).filter((_, index) => index !== 100 && index !== 200);
    expect(planOf('30/1', '149/5', times).rate).toBe('30');
  });

  it.each([
    ['30 fps in whole milliseconds', '60/1', '1000/1', every(1 / 30, 60, milliseconds), '30'],
    [
      '29.97 fps in whole milliseconds',
      '1000/1',
      '2997/100',
      every(1001 / 30_000, 600, milliseconds),
      '30000/1001',
    ],
    [
      'hidden frames between the shown',
      '24000/1001',
      '24000/1001',
      [...every(1001 / 24_000, 60), 0.291],
      '24000/1001',
    ],
    ['dropped frames', '90000/1', '40/1', every(1 / 60, 90).filter((_, index) => index % 7 !== 3), '60'],
    ['slides', '5/1', '180/79', [0, 0.6, 1.7, 2, 4.1], '24000/1001'],
    [
      'a phone that slows down in the dark',
      '90000/1',
      '27/1',
      [...every(1 / 30, 30), ...every(1 / 24, 24).map((time) => time + 1)],
      '30',
    ],
    ['240 fps', '240/1', '240/1', every(1 / 240, 240), '60'],
    [
      'soft telecine that begins with two fields',
      '30000/1001',
      '30000/1001',
      fields((index) => Math.floor(index * 2.5)),
      '24000/1001',
    ],
    [
      'soft telecine that begins with three fields, in whole milliseconds',
      '30000/1001',
      '30000/1001',
      fields((index) => Math.ceil(index * 2.5)).map(milliseconds),
      '24000/1001',
    ],
    [
      'soft telecine whose rounds are 2:3:3:2',
      '30000/1001',
      '30000/1001',
      fields((index) => Math.floor(index * 2.5) + (index % 4 === 3 ? 1 : 0)),
      '24000/1001',
    ],
    [
      'an idle screen that moves at the end',
      '30/1',
      '30/1',
      [...every(1, 600), ...every(1 / 30, 60).map((time) => time + 600)],
      '30',
    ],
    [
      'times that are too close for the mean rate',
      '90000/1',
      '30/1',
      every(1 / 10, 60).flatMap((time) => [time, time + 4 / 90, time + 8 / 90]),
      '50',
    ],
  ])('%s', (_, base, average, times, rate) => {
    expect(planOf(base, average, times).rate).toBe(rate);
  });

  it('gives a reason', () => {
    expect(planOf('120/1', '120/1').why).toBe('120 is above 60: every second frame is kept');
    expect(planOf('25/1', '25/1').why).toBe('constant 25, from the container: kept');
    expect(planOf('5/1', '2/1', [0, 0.6, 1.7, 2, 4.1]).why).toContain('variable, mostly 0.91');
  });
});

describe('properties of every frame rate', () => {
  const rateOf = (base: Rational, average: Rational, times?: number[]) => {
    const reported = ({ numerator, denominator }: Rational) => `${numerator}/${denominator}`;
    const stream = factsOf([videoStream({ r_frame_rate: reported(base), avg_frame_rate: reported(average) })])
      .video[0];
    if (!stream) throw new TypeError('the case has no video');
    return planFrameRate(stream, timingOf(times));
  };
  const claim = fc.record({
    numerator: fc.integer({ min: 1, max: 1_000_000 }),
    denominator: fc.integer({ min: 1, max: 100_000 }),
  });
  const gaps = fc.array(fc.double({ min: 0.0005, max: 12, noNaN: true }), { minLength: 3, maxLength: 60 });
  /** As cameras write it: any whole rate, some multiplied by 1000/1001. */
  const constant = fc.record({ whole: fc.integer({ min: 2, max: 1000 }), isDrop: fc.boolean() });

  it('is between 1 and 60 for any metadata and any frame times', () => {
    fc.assert(
      fc.property(claim, claim, fc.option(gaps, { nil: undefined }), (base, average, spaces) => {
        let time = 0;
        const times = spaces?.map((gap) => {
          time += gap;
          return time;
        });
        const rate = rationalValue(rateOf(base, average, times).rate);
        expect(rate).toBeLessThanOrEqual(60);
        expect(rate).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });

  it('divides rates above 60 by a whole number and keeps the factor 1000/1001', () => {
    const standardDrops = new Set([24, 30, 60]);
    fc.assert(
      fc.property(constant, ({ whole, isDrop }) => {
        const given = isDrop
          ? { numerator: whole * 1000, denominator: 1001 }
          : { numerator: whole, denominator: 1 };
        const { rate, change } = rateOf(given, given);
        expect(change).not.toBe('variable');
        const ratio = rationalValue(given) / rationalValue(rate);
        const divisor = Math.max(1, Math.round(ratio));
        expect(Math.abs(ratio / divisor - 1)).toBeLessThanOrEqual(0.005);
        if (whole % divisor === 0 && standardDrops.has(whole / divisor)) {
          expect(formatRational(rate)).toBe(
            isDrop ? `${(whole / divisor) * 1000}/1001` : `${whole / divisor}`,
          );
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is found from times in whole milliseconds, with or without the factor 1000/1001', () => {
    const rates: Rational[] = [24, 30, 60].flatMap((whole) => [
      { numerator: whole, denominator: 1 },
      { numerator: whole * 1000, denominator: 1001 },
    ]);
    fc.assert(
      fc.property(fc.constantFrom(...rates), fc.integer({ min: 0, max: 5000 }), (rate, start) => {
        const seconds = 1 / rationalValue(rate);
        const times = every(seconds, Math.floor(29 / seconds), (time) => milliseconds(time + start / 1000));
        const ticks = { numerator: 1000, denominator: 1 };
        expect(formatRational(rateOf(ticks, ticks, times).rate)).toBe(formatRational(rate));
      }),
      { numRuns: 60 },
    );
  });
});
