import type { AttackCase } from '../attack-case.ts';
import { latin1 } from '../build/bytes.ts';
import { jpegFrame } from '../build/make-media.ts';
import {
  element,
  lyingElement,
  matroska,
  subtitleTrack,
  text,
  unsigned,
  videoBlocks,
  videoTrack,
} from '../build/matroska.ts';

const mebibyte = 1024 ** 2;

/** Metadata, attachments, an index and subtitles out of proportion to a video of one second. An index that is cheap to skip, and tags that ffmpeg skips, are published. */
export function matroskaContentAttacks(): AttackCase[] {
  const withMore = (name: string, more: () => Uint8Array[], outcomes: string[]): AttackCase => ({
    name: `Matroska, ${name}`,
    extension: '.mkv',
    make: async (makeMedia) =>
      matroska({
        tracks: [videoTrack(1)],
        more: more(),
        blocks: videoBlocks(await jpegFrame(makeMedia), 10, 100),
      }),
    outcomes,
  });
  const subtitles = (name: string, count: number, bytes: number, outcomes: string[]): AttackCase => ({
    name: `Matroska, ${name}`,
    extension: '.mkv',
    make: async (makeMedia) => {
      const cue = Buffer.from('a<b>'.repeat(Math.ceil(bytes / 4)));
      const cues = Array.from({ length: count }, (_, index) => ({
        ...{ track: 2, milliseconds: Math.floor(index / 1_000), durationMilliseconds: 10 },
        bytes: cue,
      }));
      const tracks = [videoTrack(1), subtitleTrack(2)];
      return matroska({ tracks, blocks: [...videoBlocks(await jpegFrame(makeMedia), 10, 100), ...cues] });
    },
    outcomes,
  });
  const tag = (value: string) =>
    element('7373', element('63c0'), element('67c8', text('45a3', 'N'), text('4487', value)));
  const attachment = (bytes: number) =>
    element(
      '61a7',
      text('466e', 'a.ttf'),
      text('4660', 'font/ttf'),
      element('465c', new Uint8Array(bytes)),
      unsigned('46ae', 1),
    );
  const nested = (depth: number) => {
    let content = element('67c8', text('45a3', 'N'));
    for (let level = 0; level < depth; level++) content = element('67c8', text('45a3', 'N'), content);
    return element('1254c367', element('7373', content));
  };
  return [
    withMore('tags of 80 MiB', () => [element('1254c367', tag('a'.repeat(80 * mebibyte)))], [
      'metadata-too-large',
    ]),
    withMore('200,000 tags', () => [element('1254c367', repeat(200_000, tag('v')))], ['metadata-too-large']),
    withMore('tags nested 3,000 times', () => [nested(3_000)], ['published']),
    withMore('2,000 attachments', () => [element('1941a469', repeat(2_000, attachment(10)))], [
      'too-many-streams',
    ]),
    withMore('tag that states 2^50 bytes', () => [lyingElement('1254c367', 2n ** 50n, latin1('a'))], [
      'published',
    ]),
    withMore(
      '300,000 cue points',
      () => [
        element(
          '1c53bb6b',
          repeat(
            300_000,
            element('bb', unsigned('b3', 1), element('b7', unsigned('f7', 1), unsigned('f1', 1))),
          ),
        ),
      ],
      ['published'],
    ),
    subtitles('300,000 subtitles', 300_000, 4, ['too-many-cues']),
    subtitles('subtitle of 20 MB', 1, 20_000_000, ['cue-too-large']),
    subtitles('subtitle of 1 MB', 1, 1_000_000, ['cue-too-large']),
  ];
}

function repeat(count: number, content: Uint8Array): Uint8Array {
  return Buffer.concat(Array<Uint8Array>(count).fill(content));
}
