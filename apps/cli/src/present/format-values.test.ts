import { formatDuration } from '@fyrestream/operations';
import { expect, it, vi } from 'vitest';
import { formatBitrate, formatBytes, formatTime } from './format-values.ts';

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

it.each([
  ['UTC', '2026-11-03 02:05:46 UTC'],
  ['Asia/Kolkata', '2026-11-03 07:35:46 +05:30'],
  ['America/St_Johns', '2026-11-02 22:35:46 -03:30'],
])('formats a time in the zone of the machine, %s, with its distance from UTC', (zone, text) => {
  vi.stubEnv('TZ', zone);
  expect(formatTime('2026-11-03T02:05:46.000Z')).toBe(text);
  vi.unstubAllEnvs();
});
