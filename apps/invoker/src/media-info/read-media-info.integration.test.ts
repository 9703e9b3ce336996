import { expect, it } from 'vitest';
import { hostileMedia } from '../../test/hostile-media.ts';
import { unknownShape } from './media-info-facts.ts';
import { createMediaReader } from './read-media-info.ts';

const unknown = unknownShape;

it.each([
  ['nested-metadata.flv', unknown],
  ['tracks-3000.mkv', unknown],
  ['tags-200000.mkv', unknown],
  ['streams-5000.ogg', unknown],
  ['compressed-header.mov', unknown],
  ['duration-1e300.mkv', { durationSeconds: null, width: 64, height: 48 }],
])('is not harmed by %s', async (name, expected) => {
  const bytes = hostileMedia[name]?.() ?? expect.unreachable(name);
  const faults: unknown[] = [];
  // Only CPU time ends the thread, not a busy machine.
  const readMediaInfo = createMediaReader((fault) => void faults.push(fault), {
    timeoutMilliseconds: 600_000,
  });
  const before = process.memoryUsage().rss;
  const shape = await readMediaInfo(bytes.length, async (from, to) => bytes.subarray(from, to + 1));
  expect(shape).toEqual(expected);
  expect(faults).toHaveLength(expected === unknown ? 1 : 0);
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 2 ** 20);
});

it('ends a thread that uses more CPU time than an honest file needs', async () => {
  const bytes = hostileMedia['streams-5000.ogg']?.() ?? expect.unreachable();
  const faults: unknown[] = [];
  const readMediaInfo = createMediaReader((fault) => void faults.push(fault), {
    timeoutMilliseconds: 600_000,
  });
  const before = process.cpuUsage();
  await readMediaInfo(bytes.length, async (from, to) => bytes.subarray(from, to + 1));
  const { user, system } = process.cpuUsage(before);
  expect(faults).toEqual(['cpu time']);
  expect(user + system).toBeLessThan(4_000_000);
});

it('ends a thread whose memory is used up, and the next file gets a new one', async () => {
  const bytes = hostileMedia['compressed-header.mov']?.() ?? expect.unreachable();
  const faults: unknown[] = [];
  const readMediaInfo = createMediaReader((fault) => void faults.push(fault), {
    timeoutMilliseconds: 600_000,
  });
  const read = (file: Buffer) => readMediaInfo(file.length, async (from, to) => file.subarray(from, to + 1));
  expect(await read(bytes)).toEqual(unknown);
  expect(faults).toHaveLength(1);
  const absurd = hostileMedia['duration-1e300.mkv']?.() ?? expect.unreachable();
  expect(await read(absurd)).toMatchObject({ width: 64 });
});

it('throws the failure of a read, and ends its thread', async () => {
  const readMediaInfo = createMediaReader(() => expect.unreachable('no fault of the file'), {
    timeoutMilliseconds: 600_000,
  });
  await expect(readMediaInfo(100, () => Promise.reject(new TypeError('not reachable')))).rejects.toThrow(
    'not reachable',
  );
});
