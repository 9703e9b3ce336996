import type { AttackCase } from '../attack-case.ts';
import { jpegFrame } from '../build/make-media.ts';
import {
  element,
  matroska,
  sharedHeaderTrack,
  text,
  unsigned,
  videoBlocks,
  videoTrack,
} from '../build/matroska.ts';

const event = '0,0,Default,,0,0,0,,';

/** Subtitles whose text is far larger than the file, or takes far more time than its size. */
export function subtitleTextAttacks(): AttackCase[] {
  const attack = (name: string, tracks: Uint8Array[], cues: number, outcome: string): AttackCase => ({
    name: `subtitle texts: ${name}`,
    extension: '.mkv',
    make: async (makeMedia) =>
      matroska({
        tracks: [videoTrack(1), ...tracks],
        blocks: [
          ...videoBlocks(await jpegFrame(makeMedia), 10, 100),
          ...Array.from({ length: cues }, (_, index) => ({
            track: 2 + (index % tracks.length),
            milliseconds: index % 1_000,
            durationMilliseconds: 10,
            bytes: Buffer.from('a'),
          })),
        ],
      }),
    outcomes: [outcome],
  });
  const shared = (codec: string, header: string, number = 2) =>
    sharedHeaderTrack(number, codec, Buffer.from(header));
  const columns = `[V4+ Styles]\nFormat: ${'a,'.repeat(100_000)}\n${'Style:\n'.repeat(100_000)}`;
  const styled = element(
    'ae',
    unsigned('d7', 2),
    unsigned('73c5', 2),
    unsigned('83', 0x11),
    text('86', 'S_TEXT/ASS'),
    text('63a2', columns),
  );
  return [
    attack(
      'SubRip that opens 30,000 braces',
      [shared('S_TEXT/UTF8', '{\\'.repeat(30_000))],
      300,
      'published',
    ),
    attack(
      'ASS that opens 60,000 braces',
      [shared('S_TEXT/ASS', event + '{'.repeat(60_000))],
      300,
      'published',
    ),
    attack('ASS with 100,000 columns and styles', [styled], 1, 'published'),
    attack(
      '1.2 GB in 1.4 MB',
      [shared('S_TEXT/UTF8', 'a<b>'.repeat(15_000))],
      20_000,
      'media-writes-too-much',
    ),
    attack(
      '2.4 GB in a hundred tracks',
      Array.from({ length: 100 }, (_, track) => shared('S_TEXT/UTF8', 'a<b>'.repeat(15_000), track + 2)),
      40_000,
      'media-writes-too-much',
    ),
  ];
}
