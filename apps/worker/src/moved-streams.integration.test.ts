import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPidMoves, movePids } from './moved-streams.ts';

const { signal } = new AbortController();
const [first, second, other] = [0x101, 0x102, 0x103];
/** More than are read at once. */
const packetsOfEach = 20_000;

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-moved-'));
});
afterAll(() => rm(directory, { recursive: true }));

function packet(pid: number, number: number): Buffer {
  const bytes = Buffer.alloc(188, 0xff);
  bytes.set([0x47, pid >> 8, pid & 0xff, 0x10 | (number & 15)]);
  bytes.writeUInt32BE(number, 8);
  return bytes;
}

const numbersOf = (file: Buffer, pid: number) =>
  Array.from({ length: file.length / 188 }, (_, index) => file.subarray(index * 188, (index + 1) * 188))
    .filter((one) => (one.readUInt16BE(1) & 0x1fff) === pid)
    .map((one) => one.readUInt32BE(8));

it('a stream that goes on under another number is one in the file, its late packets in their place', async () => {
  const path = join(directory, 'moved.ts');
  const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
  const before = range(0, packetsOfEach).flatMap((number) => [packet(first, number), packet(other, number)]);
  const behind = range(packetsOfEach + 3, packetsOfEach).flatMap((number) => [
    packet(second, number),
    packet(other, number - 3),
  ]);
  const late = range(packetsOfEach, 3).map((number) => packet(first, number));
  await writeFile(path, Buffer.concat([...before, ...behind, ...late]));

  await movePids(
    path,
    [{ fromPid: second, afterPid: first, toPid: first, fromPacket: before.length }],
    signal,
  );

  const file = await readFile(path);
  expect(file).toHaveLength(188 * (before.length + behind.length + late.length));
  expect(numbersOf(file, first)).toEqual(range(0, 2 * packetsOfEach + 3));
  expect(numbersOf(file, other)).toEqual(range(0, 2 * packetsOfEach));
  expect(numbersOf(file, second)).toEqual([]);
});

it('a file that is no transport stream has no such streams', async () => {
  const path = join(directory, 'other');
  await writeFile(path, Buffer.alloc(100_000, 7));
  expect(await findPidMoves(path, signal)).toEqual([]);
});
