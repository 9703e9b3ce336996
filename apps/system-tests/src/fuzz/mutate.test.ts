import { describe, expect, it } from 'vitest';
import { listChunks } from './chunks/list-chunks.ts';
import { mutate } from './mutate.ts';
import type { SampleFile } from './sample-file.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
/** A box, or a chunk of RIFF in little-endian. */
const box = (type: string, body: Buffer) => Buffer.concat([size(8 + body.length), Buffer.from(type), body]);
const chunk = (type: string, body: Buffer) =>
  Buffer.concat([Buffer.from(type), size(body.length).swap32(), body]);
const size = (bytes: number) => hex(bytes.toString(16).padStart(8, '0'));

const samples: readonly SampleFile[] = [
  {
    name: 'a.mp4',
    format: 'iso',
    bytes: Buffer.concat([
      box('ftyp', Buffer.from('isom')),
      box(
        'moov',
        Buffer.concat([box('mvhd', Buffer.alloc(16, 1)), box('trak', box('elst', Buffer.alloc(8, 2)))]),
      ),
    ]),
  },
  {
    name: 'a.mkv',
    format: 'matroska',
    bytes: hex('1a45dfa3 84 4282 81 61  18538067 92 1f43b675 8d e7 81 05  a3 88 81 0000 80 aabbccdd'),
  },
  {
    name: 'a.wav',
    format: 'riff',
    bytes: chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', Buffer.alloc(4, 3))])),
  },
  {
    name: 'a.flv',
    format: 'flv',
    bytes: hex('464c5601050000000900000000 12 000002 000000 00 000000 aabb 0000000d'),
  },
  { name: 'a.ts', format: 'transport', bytes: Buffer.concat([packet(0), packet(0x100)]) },
];

function packet(pid: number): Buffer {
  const bytes = Buffer.alloc(188, 0xff);
  bytes.writeUInt8(0x47, 0);
  bytes.writeUInt16BE(pid, 1);
  return bytes;
}

describe('elements of a container', () => {
  it.each([
    ['a.mp4', ['ftyp', 'moov', 'moov/mvhd', 'moov/trak', 'moov/trak/elst']],
    [
      'a.mkv',
      [
        'EBML',
        'EBML/4282',
        'Segment',
        'Segment/Cluster',
        'Segment/Cluster/e7',
        'Segment/Cluster/SimpleBlock',
      ],
    ],
    ['a.wav', ['WAVE', 'WAVE/fmt ']],
    ['a.flv', ['script']],
    ['a.ts', ['packet 0', 'packet 256']],
  ])('are found in %s', (name, expected) => {
    const sample = samples.find((one) => one.name === name);
    const chunks = sample === undefined ? [] : listChunks(sample.format, sample.bytes);
    expect(chunks.map((one) => one.name)).toEqual(expected);
    expect(chunks.at(-1)?.end).toBe(sample?.bytes.length);
  });
});

const seeds = Array.from({ length: 2_000 }, (_, index) => index + 1);

it('the same seed gives the same mutation, whatever came before', () => {
  const all = seeds.map((seed) => mutate(seed, samples));
  expect(
    seeds
      .toReversed()
      .map((seed) => mutate(seed, samples))
      .toReversed(),
  ).toEqual(all);
});

it('mutations differ from their sample and stay small', () => {
  for (const seed of seeds) {
    const { bytes, fileName, description } = mutate(seed, samples);
    const sample = samples.find(({ name }) => fileName.endsWith(name));
    expect(sample?.bytes.equals(bytes), description).toBe(false);
    expect(bytes.length, description).toBeLessThan(2 ** 20);
  }
});

it('each way to change a file is used', () => {
  const used = new Set(
    seeds.flatMap((seed) => mutate(seed, samples).description.match(/\b[a-z][A-Za-z]+(?=: )/g) ?? []),
  );
  expect([...used].sort()).toEqual(
    [
      ...['duplicate', 'fillRun', 'flipBits', 'headerOnly', 'insertNoise', 'remove', 'setAnyField'],
      ...['setBlockHead', 'setSize', 'setTable', 'setTableField', 'splice', 'swap', 'transplant', 'truncate'],
    ].sort(),
  );
});
