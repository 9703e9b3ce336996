import { expect, it } from 'vitest';
import { readCuePackets } from './read-cue-packets.ts';

const pace = async () => {};

const list = (...lines: string[]) =>
  ['#extradata 0: 584, 0xc84fb983', '#tb 0: 1/1000000', '#codec_id 0: ass', ...lines, ''].join('\n');

it('splits a payload by the sizes of its packets, with times in milliseconds', async () => {
  const frames = list(
    '0, 200000, 200400, 800000, 2, 0x6a',
    '0, 1000000, 1000000, 4294967295000, 3, 0x8e, S=1',
  );
  expect(await readCuePackets(frames, Buffer.from('abcde'), pace)).toEqual([
    { startMilliseconds: 200, durationMilliseconds: 800, bytes: Buffer.from('ab') },
    { startMilliseconds: 1_000, durationMilliseconds: null, bytes: Buffer.from('cde') },
  ]);
});

it('skips the bytes of a packet without a time', async () => {
  const frames = list('0, NOPTS, NOPTS, 0, 2, 0x6a', '0, 5000, 5000, 0, 3, 0x8e');
  expect(await readCuePackets(frames, Buffer.from('abcde'), pace)).toEqual([
    { startMilliseconds: 5, durationMilliseconds: null, bytes: Buffer.from('cde') },
  ]);
});
