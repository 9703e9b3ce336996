import { expect, it } from 'vitest';
import { formatBitrate, formatBytes } from './format-bytes.ts';
import { formatDuration } from './format-duration.ts';
import { formatTime } from './format-time.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [9_940, '9.9 kB'],
  [9_960, '10 kB'],
  [999_400, '999 kB'],
  [999_600, '1.0 MB'],
  [4_294_967_296, '4.3 GB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (sizeBytes, text) => {
  expect(formatBytes(sizeBytes)).toBe(text);
});

it.each([
  [400, '400 bit/s'],
  [128_000, '128 kbit/s'],
  [5_250_000, '5.3 Mbit/s'],
])('%d bits per second are %s', (bitrate, text) => {
  expect(formatBitrate(bitrate)).toBe(text);
});

it.each([
  [0, '0.0 s'],
  [59.94, '59.9 s'],
  [59.96, '1 min 00 s'],
  [245, '4 min 05 s'],
  [3_599.6, '1 h 00 min'],
  [7_380, '2 h 03 min'],
  [273_600, '3 d 4 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

it('shows a time as the clock on the wall does', () => {
  const time = new Date(2026, 10, 3, 2, 5, 46);
  expect(formatTime(time.toISOString())).toBe('2026-11-03 02:05:46');
});
