import { deflateSync } from 'node:zlib';
import type { AttackCase } from '../attack-case.ts';
import { latin1, patchAt, uint32s } from '../build/bytes.ts';
import { compressedZeros } from '../build/compressed-zeros.ts';
import { box, fileType, movie } from '../build/iso.ts';
import { jpegFrame } from '../build/make-media.ts';
import { audioTrack, matroska, videoBlocks, videoTrack } from '../build/matroska.ts';
import { wave } from '../build/riff.ts';
import { frameSizeAttacks } from './frame-sizes.ts';
import { matroskaContentAttacks } from './matroska-contents.ts';

const mebibyte = 1024 ** 2;

/** Few bytes for which a reader uses gigabytes. */
export function memoryAttacks(): AttackCase[] {
  return [...frameSizeAttacks(), ...audioLayouts(), ...indexes(), ...matroskaContentAttacks()].map(
    (attack) => ({
      ...attack,
      name: `memory: ${attack.name}`,
    }),
  );
}

function audioLayouts(): AttackCase[] {
  const wav = (name: string, bytes: () => Uint8Array, outcomes: string[]): AttackCase => ({
    name: `WAV, ${name}`,
    extension: '.wav',
    make: bytes,
    outcomes,
  });
  return [
    wav('255 channels', () => wave(255, 48_000), ['too-many-channels']),
    wav('65535 channels', () => wave(65_535, 48_000), [
      'too-many-channels',
      'no-media-stream',
      'unreadable-media',
    ]),
    wav('no channel', () => wave(0, 48_000, 1_000), ['unreadable-media']),
    wav('1 Hz', () => wave(2, 1, 1_000), ['sample-rate-not-accepted']),
    wav('4 GHz', () => wave(1, 4_000_000_000, 1_000), ['unreadable-media']),
    wav('no sample rate', () => wave(1, 0, 1_000), ['unreadable-media']),
    wav('64 bits per sample', () => wave(1, 48_000, 1_000, 64), ['no-decodable-stream']),
    wav('a chunk of 4 GiB', () => patchAt(wave(1, 8_000, 8_000), 'data', 4, uint32s(0xff_ff_ff_ff)), [
      'published',
    ]),
  ];
}

function indexes(): AttackCase[] {
  const withTable = (name: string, sampleCount: number, trackCount = 1): AttackCase => ({
    name,
    extension: '.mov',
    make: async (makeMedia) => {
      const sample = await jpegFrame(makeMedia);
      return movie(
        Array.from({ length: trackCount }, () => ({
          sample,
          sampleCount,
          sampleBytes: 1,
          timescale: 1_000_000,
        })),
      );
    },
    outcomes: ['sample-table-too-large'],
  });
  const boxes = (name: string, boxesOf: () => Uint8Array[], outcomes: string[]): AttackCase => ({
    name,
    extension: '.mov',
    make: () => Buffer.concat([fileType, ...boxesOf(), box('mdat', new Uint8Array(1_000))]),
    outcomes,
  });
  const nested = (depth: number) => {
    let content: Uint8Array = latin1('');
    for (let level = 0; level < depth; level++) content = box('moov', content);
    return content;
  };
  return [
    withTable('table of 20 million samples', 20_000_000),
    withTable('table of 80 million samples', 80_000_000),
    withTable('four tables of 20 million samples', 20_000_000, 4),
    withTable('table of 4 billion samples', 0xff_ff_ff_ff),
    boxes('compressed movie header of 400 MiB', () => [compressedHeader(400)], ['movie-header-too-large']),
    boxes('compressed movie header that states less than it has', () => [compressedHeader(100, 1)], [
      'movie-header-too-large',
    ]),
    boxes('four million boxes in a compressed header of 32 kB', () => [compressedBoxes(4_000_000)], [
      'movie-header-too-large',
    ]),
    boxes('movie header that states 4 GiB', () => [uint32s(0xff_ff_ff_ff), latin1('moov')], [
      'unreadable-media',
      'movie-header-too-large',
      'no-media-stream',
    ]),
    boxes('five thousand nested boxes', () => [nested(5_000)], ['unreadable-media']),
    boxes(
      'a hundred thousand empty boxes',
      () => [Buffer.concat(Array<Uint8Array>(100_000).fill(box('free')))],
      ['unreadable-media'],
    ),
    {
      name: '99 audio tracks',
      extension: '.mkv',
      make: async (makeMedia) =>
        matroska({
          tracks: [videoTrack(1), ...Array.from({ length: 99 }, (_, index) => audioTrack(index + 2))],
          blocks: [
            ...videoBlocks(await jpegFrame(makeMedia), 10, 100),
            ...Array.from({ length: 99 }, (_, index) => ({
              track: index + 2,
              milliseconds: 0,
              bytes: new Uint8Array(16_000),
            })),
          ],
        }),
      outcomes: ['too-many-streams'],
    },
    {
      name: '60 video tracks in QuickTime',
      extension: '.mov',
      make: async (makeMedia) => {
        const sample = await jpegFrame(makeMedia);
        return movie(Array.from({ length: 60 }, () => ({ sample })));
      },
      outcomes: ['too-many-streams'],
    },
  ];
}

function compressedHeader(mebibytes: number, statedMebibytes = mebibytes): Uint8Array {
  const stated = uint32s(statedMebibytes * mebibyte);
  return box(
    'moov',
    box('cmov', box('dcom', latin1('zlib')), box('cmvd', stated, compressedZeros(mebibytes))),
  );
}

function compressedBoxes(count: number): Uint8Array {
  const movie = box('moov', Buffer.alloc(8 * count, box('free')));
  return box(
    'moov',
    box('cmov', box('dcom', latin1('zlib')), box('cmvd', uint32s(movie.length), deflateSync(movie))),
  );
}
