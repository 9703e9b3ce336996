import { expect, it } from 'vitest';
import { mediaCeilings } from './media-ceilings.ts';
import { requireMatroskaCeilings } from './require-matroska-ceilings.ts';

const mebibyte = 1024 ** 2;
const element = (id: string, content: Uint8Array, statedBytes = content.length) => {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE((1n << 56n) | BigInt(statedBytes));
  return Buffer.concat([Buffer.from(id, 'hex'), size, content]);
};
const repeated = (count: number, content: Uint8Array) =>
  Buffer.concat(Array<Uint8Array>(count).fill(content));
const tags = (count: number) =>
  element('1254c367', element('7373', repeated(count, element('67c8', Buffer.from('45a3814e', 'hex')))));
const attachments = (content: Uint8Array) => element('1941a469', content);

/** @param statedBytes of the file; the bytes after its content are zeros that are not read */
const codeOf = async (content: Uint8Array, statedBytes?: number) => {
  const file = Buffer.concat([element('1a45dfa3', Buffer.alloc(3)), element('18538067', content)]);
  try {
    await requireMatroskaCeilings(
      async (offset, length) => file.subarray(offset, offset + length),
      statedBytes ?? file.length,
    );
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('accepts fonts, tags, and a segment and clusters of unknown size', async () => {
  const font = element('61a7', Buffer.alloc(100));
  const unknownSize = Buffer.from('1f43b67501ffffffffffffff', 'hex');
  const block = element('a3', Buffer.alloc(10));
  expect(
    await codeOf(Buffer.concat([attachments(repeated(200, font)), tags(1_000), unknownSize, block])),
  ).toBeNull();
});

it('leaves damaged elements and a size beyond the end to ffprobe', async () => {
  expect(await codeOf(Buffer.from('00000000', 'hex'))).toBeNull();
  expect(await codeOf(element('1254c367', Buffer.alloc(1), 2 ** 50))).toBeNull();
  expect(await codeOf(Buffer.alloc(0))).toBeNull();
});

it('attack: hundreds of thousands of tags, also within each other and in many elements', async () => {
  expect(await codeOf(tags(mediaCeilings.tags + 1))).toBe('metadata-too-large');
  expect(await codeOf(repeated(4, tags(mediaCeilings.tags / 2)))).toBe('metadata-too-large');
});

it('attack: thousands of tracks and attachments', async () => {
  const tracks = repeated(mediaCeilings.streams + 1, element('ae', Buffer.alloc(1)));
  expect(await codeOf(element('1654ae6b', tracks))).toBe('too-many-streams');
  const file = element('61a7', Buffer.alloc(1));
  expect(await codeOf(attachments(repeated(mediaCeilings.attachments + 1, file)))).toBe('too-many-streams');
});

it('attack: tags, attachments and an index of hundreds of MiB', async () => {
  const large = 300 * mebibyte;
  for (const [id, code] of [
    ['1254c367', 'metadata-too-large'],
    ['1941a469', 'metadata-too-large'],
    ['1c53bb6b', 'movie-header-too-large'],
  ] as const)
    expect(await codeOf(element(id, Buffer.alloc(0), large), large + 100)).toBe(code);
});

it('attack: millions of elements of two bytes in tags, tracks, a track and attachments', async () => {
  const voids = repeated(30_000, Buffer.from('ec80', 'hex'));
  expect(await codeOf(element('1254c367', voids))).toBe('metadata-too-large');
  expect(await codeOf(element('1254c367', element('7373', voids)))).toBe('metadata-too-large');
  expect(await codeOf(element('1654ae6b', voids))).toBe('movie-header-too-large');
  expect(await codeOf(element('1654ae6b', element('ae', voids)))).toBe('movie-header-too-large');
  expect(await codeOf(attachments(voids))).toBe('metadata-too-large');
});
