import { expect, it } from 'vitest';
import { limitFailure } from './limit-failure.ts';
import { processLimits } from './process-limits.ts';

const limits = processLimits('inspect');
const codeOf = (exitCode: number | null, signal: NodeJS.Signals | null, stderr = '') =>
  limitFailure({ exitCode, signal, stderr }, limits)?.code ?? null;

it('names the limit that ended a process', () => {
  expect(codeOf(null, 'SIGXCPU')).toBe('media-too-costly');
  expect(codeOf(255, null)).toBe('media-too-costly');
  expect(codeOf(123, null, 'Received > 3 system signals, hard exiting')).toBe('media-too-costly');
  expect(codeOf(1, null, 'source: Cannot allocate memory')).toBe('media-needs-too-much-memory');
  expect(codeOf(1, null, 'x264 [error]: malloc of size 7088768 failed')).toBe('media-needs-too-much-memory');
  expect(codeOf(null, 'SIGXFSZ')).toBe('media-writes-too-much');
});

it('leaves other ends alone, also those after an early message about memory', () => {
  expect(codeOf(0, null, 'Cannot allocate memory')).toBeNull();
  expect(codeOf(1, null, `Cannot allocate memory${'\nnext'.repeat(10)}`)).toBeNull();
  expect(codeOf(255, null, 'unix:/x.sock: Operation not permitted')).toBeNull();
  expect(codeOf(null, 'SIGKILL')).toBeNull();
  expect(codeOf(187, null, 'Invalid data found when processing input')).toBeNull();
});

it('allows a large file more than a small one, and a large frame more memory', () => {
  const film = processLimits('inspect', { sourceBytes: 4 * 1024 ** 3, framePixels: 7680 * 4320 });
  expect(film.cpuSeconds).toBeGreaterThan(100 * limits.cpuSeconds);
  expect(film.dataBytes).toBeGreaterThan(4 * limits.dataBytes);
});

it('attack: a hundred subtitle tracks whose blocks share a header of 64 KiB fill the disk', () => {
  const attack = processLimits('subtitles', { sourceBytes: 9 * 1024 ** 2, fileCount: 100 });
  expect(100 * attack.fileBytes).toBeLessThan(128 * 1024 ** 2);
  const film = processLimits('subtitles', { sourceBytes: 4 * 1024 ** 3, fileCount: 60 });
  expect(film.fileBytes).toBe(64 * 1024 ** 2);
});
