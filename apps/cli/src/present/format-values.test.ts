import { expect, it } from 'vitest';
import { formatBitrate, formatBytes, formatDuration, formatTime } from './format-values.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [9_940, '9.9 kB'],
  [4_294_967_296, '4.2 GB'],
])('formats %d bytes as %s', (sizeBytes, text) => {
  expect(formatBytes(sizeBytes)).toBe(text);
});

it.each([
  [128_000, '128 kbit/s'],
  [5_250_000, '5.2 Mbit/s'],
])('formats %d bits per second as %s', (bitrate, text) => {
  expect(formatBitrate(bitrate)).toBe(text);
});

it.each([
  [0.4, '400ms'],
  [12.34, '12.3s'],
  [245, '4m 5s'],
  [7_380, '2h 3m'],
  [273_600, '3d 4h'],
])('formats %d seconds as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

it('formats a time in the time zone of this machine', () => {
  const time = new Date(2026, 10, 3, 2, 5, 46);
  expect(formatTime(time.toISOString())).toBe('2026-11-03 02:05:46');
});
