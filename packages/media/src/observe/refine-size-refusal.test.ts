import { expect, it } from 'vitest';
import type { SourceFacts } from '../facts/source-facts.ts';
import { MediaRefusal } from '../media-refusal.ts';
import { refineSizeRefusal } from './refine-size-refusal.ts';

const facts = {
  demuxer: 'mov',
  leadingBytes: 0,
  video: [],
  unreadable: [{ index: 0, codec: 'png' }],
} as unknown as SourceFacts;
const refine = (stderr: string, error: unknown = new MediaRefusal('no-decodable-stream')) =>
  refineSizeRefusal(error, { run: async () => stderr }, '/source', facts);

it('names the size of frames that ffmpeg refuses to decode', async () => {
  const message = '[png @ 0x1] [IMGUTILS @ 0x2] Picture size 16384x8192 exceeds specified max pixel count';
  expect(await refine(message)).toMatchObject({
    code: 'video-too-large',
    message: expect.stringContaining('16384 x 8192'),
  });
});

it('keeps other refusals, and that of damaged frames of an accepted size', async () => {
  const damaged = 'Picture size 0x48 is invalid';
  expect(await refine(damaged)).toMatchObject({ code: 'no-decodable-stream' });
  const encrypted = new MediaRefusal('encrypted');
  expect(await refine('Picture size 16384x8192 is invalid', encrypted)).toBe(encrypted);
});
