import { expect, it } from 'vitest';
import { mediaCeilings } from './media-ceilings.ts';
import { requireHeaderCeilings } from './require-header-ceilings.ts';

const tags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
const times = (count: number, value: object) => Array.from({ length: count }, () => value);
const codeOf = (header: unknown) => {
  try {
    requireHeaderCeilings(header);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('accepts an audio book, an album with a booklet, and output that is not understood', () => {
  expect(
    codeOf({ format: { tags: tags(100) }, chapters: times(2_000, { id: 1, tags: tags(2) }) }),
  ).toBeNull();
  expect(codeOf({ streams: times(20, { index: 0, disposition: { attached_pic: 1 } }) })).toBeNull();
  for (const output of [null, {}, { streams: 1 }, { format: { tags: 'none' } }])
    expect(codeOf(output)).toBeNull();
});

it('attack: more tags than ffmpeg can compare, in the file, its streams, programs and chapters', () => {
  const half = { tags: tags(mediaCeilings.tags / 2 + 1) };
  expect(codeOf({ format: { tags: tags(mediaCeilings.tags + 1) } })).toBe('metadata-too-large');
  expect(codeOf({ streams: [half], chapters: [half] })).toBe('metadata-too-large');
  expect(codeOf({ format: half, programs: [half] })).toBe('metadata-too-large');
});

it('attack: 100,000 chapters', () => {
  expect(codeOf({ chapters: times(100_000, { id: 1 }) })).toBe('metadata-too-large');
});

it('attack: 60 cover images, which ffprobe would hold decoded', () => {
  expect(codeOf({ streams: times(60, { disposition: { attached_pic: 1 } }) })).toBe('too-many-streams');
});
