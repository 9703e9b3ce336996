import { expect, it } from 'vitest';
import {
  formatBitrate,
  formatBytes,
  formatCount,
  formatDollars,
  formatFraction,
  formatSpeed,
} from './quantities.ts';

it('shows sizes in steps of a thousand, the same as the command line', () => {
  expect([0, 999, 1_500, 999_949, 16_560_000, 7_300_000_000].map(formatBytes)).toEqual([
    ...['0 B', '999 B', '1.5 kB', '999.9 kB', '16.5 MB', '7.3 GB'],
  ]);
  expect([800, 4_900_000].map(formatBitrate)).toEqual(['800 bit/s', '4.9 Mbit/s']);
});

it('shows two digits of dollars that count', () => {
  expect([0, 0.000_012, 0.0042, 0.31, 1.2, 1_234].map(formatDollars)).toEqual([
    ...['$0', '$0.000012', '$0.0042', '$0.31', '$1.20', '$1234.00'],
  ]);
});

it('does not say 100% before the end', () => {
  expect([0, 0.479, 0.999, 1].map(formatFraction)).toEqual(['0%', '47%', '99%', '100%']);
});

it('shows speeds and counts', () => {
  expect([0.42, 1.84, 12.3].map(formatSpeed)).toEqual(['0.42×', '1.8×', '12×']);
  expect([formatCount(1, 'job'), formatCount(1_200, 'job')]).toEqual(['1 job', '1,200 jobs']);
});
