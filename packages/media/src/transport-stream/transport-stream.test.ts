import { describe, expect, it } from 'vitest';
import { createElementaryStreamFinder, type ElementaryStream } from './find-elementary-streams.ts';
import { findMovedStreams } from './find-moved-streams.ts';
import { createPidMover } from './move-pids.ts';
import { findPacketLayout } from './packet-layout.ts';

const layout = { packetBytes: 188, offsetBytes: 0 };

function packet(pid: number, counter: number, payload: readonly number[], isStart = true): Uint8Array {
  const header = [0x47, (isStart ? 0x40 : 0) | (pid >> 8), pid & 0xff, 0x10 | (counter & 15)];
  return Uint8Array.from({ length: 188 }, (_, index) => header[index] ?? payload[index - 4] ?? 0xff);
}

const pes = (pid: number, counter: number, seconds: number) => {
  const ticks = seconds * 90_000;
  const time = [0x21 | ((ticks / 2 ** 29) & 14), (ticks >> 22) & 255, ((ticks >> 14) & 255) | 1];
  const rest = [(ticks >> 7) & 255, ((ticks << 1) & 255) | 1];
  return packet(pid, counter, [0, 0, 1, 0xc0, 0, 0, 0x80, 0x80, 5, ...time, ...rest]);
};
const section = (table: number, body: readonly number[]) => [
  0,
  table,
  0xb0,
  body.length + 9,
  0,
  1,
  0xc1,
  0,
  0,
  ...body,
  0,
  0,
  0,
  0,
];
const association = packet(0, 0, section(0, [0, 1, 0xe0 | 1, 0]));
/** Streams of a program: type, PID, language. */
const map = (streams: readonly (readonly [type: number, pid: number, language?: string])[]) =>
  section(2, [
    ...[0xe1, 0, 0xf0, 0],
    ...streams.flatMap(([type, pid, language = '']) => {
      const code = [...language].map((letter) => letter.charCodeAt(0));
      const descriptors = language === '' ? [] : [0x0a, 4, ...code, 0];
      return [type, 0xe0 | (pid >> 8), pid & 255, 0xf0, descriptors.length, ...descriptors];
    }),
  ]);
const bytesOf = (...packets: Uint8Array[]) => new Uint8Array(Buffer.concat(packets));
const find = (bytes: Uint8Array) => {
  const finder = createElementaryStreamFinder(layout);
  finder.push(bytes);
  return finder.end();
};

describe('findPacketLayout', () => {
  it('knows packets of broadcast and of discs, wherever the file begins', () => {
    const broadcast = bytesOf(...Array.from({ length: 6 }, (_, counter) => packet(0x1fff, counter, [])));
    expect(findPacketLayout(broadcast)).toEqual(layout);
    expect(findPacketLayout(broadcast.subarray(100))).toEqual({ packetBytes: 188, offsetBytes: 88 });
    expect(findPacketLayout(new Uint8Array(2_000))).toBeNull();
  });
});

describe('createElementaryStreamFinder', () => {
  it('reads codec, language and times of what the program map names', () => {
    const table = packet(
      0x100,
      0,
      map([
        [0x1b, 0x101],
        [0x0f, 0x102, 'eng'],
        [0x06, 0x103],
      ]),
    );
    const data = [pes(0x101, 0, 1), pes(0x102, 0, 1.5), pes(0x103, 0, 1), pes(0x102, 1, 2.5)];
    expect(find(bytesOf(association, table, ...data))).toMatchObject({
      packetCount: 6,
      streams: [
        { pid: 0x101, program: 1, kind: 'video 27', firstSeconds: 1, lastSeconds: 1 },
        {
          pid: 0x102,
          kind: 'audio 15',
          language: 'eng',
          firstPacket: 3,
          firstSeconds: 1.5,
          lastSeconds: 2.5,
        },
      ],
    });
  });

  it('puts together a program map that goes over two packets', () => {
    const many = Array.from({ length: 20 }, (_, index) => [0x0f, 0x200 + index, 'eng'] as const);
    const bytes = map(many);
    const table = [packet(0x100, 0, bytes.slice(0, 184)), packet(0x100, 1, bytes.slice(184), false)];
    const { streams } = find(bytesOf(association, ...table, pes(0x200, 0, 1), pes(0x213, 0, 1)));
    expect(streams.map(({ pid }) => pid)).toEqual([0x200, 0x213]);
  });
});

describe('findMovedStreams', () => {
  const stream = (pid: number, firstPacket: number, changes: Partial<ElementaryStream> = {}) => ({
    ...{ pid, firstPacket, mostlyBeforePacket: firstPacket + 400, program: 1, kind: 'audio 3' },
    ...{
      language: null,
      audioType: 0,
      firstSeconds: firstPacket / 100,
      lastSeconds: firstPacket / 100 + 4.9,
    },
    ...changes,
  });
  const movesOf = (...streams: ElementaryStream[]) =>
    findMovedStreams(streams, 10_000).map(({ fromPid, afterPid, toPid }) => [fromPid, afterPid, toPid]);

  it('are those that begin where one of their kind ends', () => {
    expect(movesOf(stream(1, 0), stream(2, 500))).toEqual([[2, 1, 1]]);
    expect(movesOf(stream(1, 0), stream(2, 500), stream(3, 1_000))).toEqual([
      [2, 1, 1],
      [3, 2, 1],
    ]);
  });

  it('keep their languages', () => {
    const [english, german] = [{ language: 'eng' }, { language: 'deu' }];
    expect(
      movesOf(stream(1, 0, english), stream(2, 0, german), stream(3, 500, german), stream(4, 500, english)),
    ).toEqual([
      [3, 2, 2],
      [4, 1, 1],
    ]);
  });

  it.each([
    ['of another codec', { kind: 'audio 15' }],
    ['of another language', { language: 'deu' }],
    ['for other people', { audioType: 3 }],
    ['that begins while the other goes on', { firstPacket: 300 }],
    ['that begins long after', { firstPacket: 5_000, firstSeconds: 50 }],
    ['of a program that was there all the time', { program: 2 }],
  ])('are none %s', (_, changes) => {
    const other = stream(9, 0, { program: 2, kind: 'video 27', language: 'eng' });
    expect(movesOf(stream(1, 0, { language: 'eng' }), other, stream(2, 500, changes))).toEqual([]);
  });

  it('are those of recordings that were joined, whose clocks start anew', () => {
    const second = { program: 2, firstSeconds: 0, lastSeconds: 4.9 };
    expect(movesOf(stream(1, 0), stream(2, 500, second))).toEqual([[2, 1, 1]]);
    // Few packets of audio: the last ones that do not count as late are a large part of a short recording.
    expect(movesOf(stream(1, 0), stream(2, 1_000, second))).toEqual([[2, 1, 1]]);
  });
});

describe('createPidMover', () => {
  const moves = [{ fromPid: 0x102, afterPid: 0x101, toPid: 0x101, fromPacket: 2 }];
  const move = (bytes: Uint8Array) => {
    const mover = createPidMover(layout, moves);
    mover.collect(bytes);
    return mover.move(bytes.slice());
  };
  const late = pes(0x101, 7, 1.9);
  const source = bytesOf(
    pes(0x101, 5, 1),
    pes(0x101, 6, 1.5),
    pes(0x102, 0, 2),
    late,
    pes(0x100, 3, 2),
    // One packet is lost before it.
    pes(0x102, 2, 3),
  );

  it('puts what comes late before it, and keeps the gap of a lost packet', () => {
    const expected = bytesOf(
      ...[pes(0x101, 5, 1), pes(0x101, 6, 1.5), late, pes(0x101, 8, 2)],
      ...[pes(0x100, 3, 2), pes(0x101, 10, 3)],
    );
    expect(move(source)).toEqual(expected);
  });

  it('leaves one stream, however the file is split', () => {
    const mover = createPidMover(layout, moves);
    for (let at = 0; at < source.length; at += 376) mover.collect(source.subarray(at, at + 376));
    const parts = [0, 376, 752].map((at) => mover.move(source.slice(at, at + 376)));
    expect(bytesOf(...parts)).toEqual(move(source));
    expect(
      find(
        bytesOf(
          association,
          packet(
            0x100,
            0,
            map([
              [0x0f, 0x101],
              [0x0f, 0x102],
            ]),
          ),
          ...parts,
        ),
      ).streams,
    ).toMatchObject([{ pid: 0x101, firstSeconds: 1, lastSeconds: 3 }]);
  });
});
