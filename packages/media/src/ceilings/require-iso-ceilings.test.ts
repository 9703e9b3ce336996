import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { requireIsoCeilings } from './require-iso-ceilings.ts';

const list32 = (values: number[]) => {
  const buffer = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value >>> 0, 4 * index);
  return buffer;
};
const bytes32 = (...values: number[]) => list32(values);
const box = (type: string, ...content: Uint8Array[]) => {
  const payload = Buffer.concat(content);
  return Buffer.concat([bytes32(8 + payload.length), Buffer.from(type, 'latin1'), payload]);
};

interface TrackTables {
  handler?: string;
  timescale?: number;
  samples?: number;
  /** Runs of count and value. */
  times?: number[];
  offsets?: number[];
  /** Duration in the movie's timescale of 1000, start in the media. */
  edits?: [number, number][];
}

function track({
  handler = 'vide',
  timescale = 25,
  samples = 25,
  times = [25, 1],
  offsets,
  edits,
}: TrackTables) {
  const runs = (type: string, values: number[]) => box(type, bytes32(0, values.length / 2, ...values));
  const elst = (entries: [number, number][]) =>
    box(
      'edts',
      box(
        'elst',
        list32([0, entries.length, ...entries.flatMap(([length, start]) => [length, start, 65_536])]),
      ),
    );
  return box(
    'trak',
    ...(edits ? [elst(edits)] : []),
    box(
      'mdia',
      box('mdhd', bytes32(0, 0, 0, timescale, 0, 0)),
      box('hdlr', bytes32(0, 0), Buffer.from(handler), bytes32(0)),
      box(
        'minf',
        box(
          'stbl',
          runs('stts', times),
          ...(offsets ? [runs('ctts', offsets)] : []),
          box('stsz', bytes32(0, 1, samples)),
        ),
      ),
    ),
  );
}

const movie = (...content: Uint8Array[]) =>
  box('moov', box('mvhd', bytes32(0, 0, 0, 1_000, 0, 0)), ...content);
const code = async (...content: Uint8Array[]) => {
  const file = Buffer.concat([
    box('ftyp', Buffer.from('isom')),
    ...content,
    box('mdat', Buffer.alloc(2_000)),
  ]);
  const read = async (offset: number, length: number) => file.subarray(offset, offset + length);
  return requireIsoCeilings(read, file.length).then(
    () => null,
    (error) => error.code,
  );
};

it('accepts ordinary tables', async () => {
  expect(await code(movie(track({}), track({ handler: 'soun', edits: [[1_000, 0]] })))).toBeNull();
  expect(
    await code(
      movie(
        track({
          edits: [
            [40, -1],
            [960, 0],
            [500, 2],
          ],
        }),
      ),
    ),
  ).toBeNull();
  expect(await code()).toBeNull();
});

it.each([
  ['sample sizes for 80 million samples in 2 kB', { samples: 80_000_000 }],
  ['times for 80 million samples in 2 kB', { handler: 'soun', times: [80_000_000, 1] }],
  ['offsets for 20 million samples in 2 kB', { offsets: [20_000_000, 1] }],
])('attack: %s', async (_attack, tables) => {
  expect(await code(movie(track(tables)))).toBe('sample-table-too-large');
});

it('attack: many tracks share a sample table, each just below the limit', async () => {
  const tracks = Array.from({ length: 10 }, () => track({ samples: 2_000 }));
  expect(await code(movie(...tracks))).toBe('sample-table-too-large');
});

it('attack: a fragment of 50 million samples of no size', async () => {
  const fragment = box('moof', box('traf', box('trun', bytes32(0, 50_000_000))));
  expect(await code(movie(track({})), fragment)).toBe('sample-table-too-large');
});

it('attack: so many fragments that ffprobe needs a minute of CPU time for them', async () => {
  const run = box('traf', box('trun', bytes32(0, 1)));
  const fragment = box('moof', Buffer.alloc(100 * run.length, run));
  const fragments = (count: number) => Buffer.alloc((count / 100) * fragment.length, fragment);
  expect(await code(movie(track({})), fragments(200_100))).toBe('movie-header-too-large');
  // Twelve hours with a fragment for each two seconds of each of four tracks.
  expect(await code(movie(track({})), fragments(86_400))).toBeNull();
});

it('attack: half a million boxes hide what follows', async () => {
  expect(await code(movie(track({})), Buffer.alloc(4_000_016, box('free')))).toBe('movie-header-too-large');
});

it.each([
  ['repeats its media 300 times', Array.from({ length: 300 }, () => [1_000, 0])],
  ['has 50,000 entries', Array.from({ length: 50_000 }, () => [0, 0])],
] as [string, [number, number][]][])('attack: an edit list %s', async (_attack, edits) => {
  expect(await code(movie(track({ edits })))).toBe('edit-list-too-long');
});

it('attack: an empty edit of a year', async () => {
  expect(
    await code(
      movie(
        track({
          edits: [
            [2_000_000_000, -1],
            [2_000_000_000, -1],
            [1_000, 0],
          ],
        }),
      ),
    ),
  ).toBe('too-long');
});

it('attack: one frame of 24 days', async () => {
  expect(await code(movie(track({ timescale: 1, times: [1, 24 * 86_400], samples: 1 })))).toBe(
    'frame-gap-too-long',
  );
});

it('attack: frames of an hour for a week', async () => {
  expect(await code(movie(track({ timescale: 1, times: [170, 3_600], samples: 170 })))).toBe('too-long');
});

const compressed = (stated: number, content: Uint8Array) =>
  box(
    'moov',
    box('cmov', box('dcom', Buffer.from('zlib')), box('cmvd', bytes32(stated), deflateSync(content))),
  );

it('attack: a compressed header that states 400 MB', async () => {
  expect(await code(compressed(400_000_000, Buffer.alloc(10)))).toBe('movie-header-too-large');
});

it('attack: a compressed header that states little and has 400 MB', async () => {
  expect(await code(compressed(1_000, Buffer.alloc(40_000_000)))).toBe('movie-header-too-large');
});

it('attack: a large sample table in a compressed header', async () => {
  const content = movie(track({ samples: 80_000_000 }));
  expect(await code(compressed(content.length, content))).toBe('sample-table-too-large');
  const honest = movie(track({}));
  expect(await code(compressed(honest.length, honest))).toBeNull();
});

it('attack: a compressed header whose first box is not the movie', async () => {
  const content = Buffer.concat([box('free'), movie(track({ samples: 80_000_000 }))]);
  expect(await code(compressed(content.length, content))).toBe('sample-table-too-large');
});

it('attack: millions of empty boxes, also in a compressed header of 3 kB', async () => {
  const content = box('moov', Buffer.alloc(3_200_000, box('free')));
  expect(await code(content)).toBe('movie-header-too-large');
  expect(await code(compressed(content.length, content))).toBe('movie-header-too-large');
  const tracks = movie(...Array.from({ length: 200 }, () => track({ samples: 1 })));
  expect(await code(tracks)).toBeNull();
});

it('attack: metadata of 65 MiB', async () => {
  expect(await code(movie(track({}), box('udta', Buffer.alloc(65 * 1024 ** 2))))).toBe('metadata-too-large');
});

it('leaves damaged boxes to ffprobe', async () => {
  expect(await code(box('moov', bytes32(4, 0), Buffer.from('garbage')))).toBeNull();
  expect(await code(movie(box('trak', bytes32(0xffffffff), Buffer.from('mdia'))))).toBeNull();
});
