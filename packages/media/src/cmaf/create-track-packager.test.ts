import { FyrestreamError } from '@fyrestream/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildFragment,
  buildFragmentedMp4,
  buildInit,
  type StreamDescription,
} from '../../test/build-fragmented-mp4.ts';
import { readBoxes } from './boxes.ts';
import {
  createTrackPackager,
  type PackagedFile,
  type TrackPackagerOptions,
} from './create-track-packager.ts';
import { joinTrackManifests } from './join-track-manifests.ts';
import { readFragment } from './read-fragment.ts';
import { readInit } from './read-init.ts';
import { resetDisplayMatrix } from './reset-display-matrix.ts';
import { trackManifestSchema } from './track-manifest.ts';
import { concatenateBytes } from './write-box.ts';

/** Five GOPs of two seconds at 30 frames a second, the last one half as long. */
const video: StreamDescription = {
  kind: 'video',
  timescale: 15360,
  frameTicks: 512,
  delayFrames: 2,
  fragments: [60, 60, 60, 60, 30],
};
/** 9.02 s of AAC in fragments of about a second. */
const audio: StreamDescription = {
  kind: 'audio',
  timescale: 48_000,
  frameTicks: 1024,
  fragments: [47, 47, 47, 47, 47, 47, 47, 47, 47],
};
const sixSeconds = { numerator: 6, denominator: 1 };

function packageWhole(stream: Uint8Array, options: Partial<TrackPackagerOptions> = {}) {
  return packageChunks([stream], options);
}

function packageChunks(chunks: Uint8Array[], options: Partial<TrackPackagerOptions> = {}) {
  const packager = createTrackPackager({
    trackId: 'track',
    kind: 'video',
    segmentDurationSeconds: sixSeconds,
    ...options,
  });
  const files = [...chunks.flatMap((chunk) => packager.push(chunk)), ...packager.end()];
  return { files, manifest: packager.manifest() };
}

function samplesOf(init: Uint8Array, segment: Uint8Array) {
  const facts = readInit(init);
  const boxes = readBoxes(segment);
  return boxes.flatMap((box, index) => {
    const data = boxes[index + 1];
    if (box.type !== 'moof' || data === undefined) return [];
    const bytes = segment.subarray(box.offset, data.offset + data.sizeBytes);
    return readFragment(bytes, facts).samples.map((sample) => ({
      ...sample,
      data: bytes.slice(sample.offsetBytes, sample.offsetBytes + sample.sizeBytes),
    }));
  });
}

describe('video', () => {
  const { files, manifest } = packageWhole(buildFragmentedMp4(video));

  it('gives the init segment, then segments of whole GOPs', () => {
    expect(files.map((file) => file.fileName)).toEqual([
      'init.mp4',
      'segment_00001.m4s',
      'segment_00002.m4s',
    ]);
    expect(files[0]?.bytes).toEqual(resetDisplayMatrix(buildInit(video)));
    expect(readBoxes(files[1]?.bytes ?? new Uint8Array()).map((box) => box.type)).toEqual([
      'styp',
      ...['moof', 'mdat', 'moof', 'mdat', 'moof', 'mdat'],
    ]);
  });

  it('writes no rotation for any display matrix of the stream, as its frames are upright', () => {
    const [init] = files;
    const matrixOf = (bytes: Uint8Array) => {
      const start = Buffer.from(bytes).indexOf('tkhd') + 44;
      return Array.from({ length: 9 }, (_, index) => Buffer.from(bytes).readInt32BE(start + index * 4));
    };
    expect(matrixOf(buildInit(video))).toEqual([0, 65_536, 0, -65_536, 0, 0, 0, 0, 0x4000_0000]);
    expect(matrixOf(init?.bytes ?? new Uint8Array())).toEqual([
      65_536, 0, 0, 0, 65_536, 0, 0, 0, 0x4000_0000,
    ]);
  });

  it('does not change a byte of moof and mdat', () => {
    const stream = buildFragmentedMp4(video);
    const media = concatenateBytes(files.slice(1).map((file) => file.bytes.subarray(24)));
    expect(media).toEqual(stream.subarray(buildInit(video).length));
  });

  it('describes the written segments, from presentation time zero', () => {
    expect(manifest).toMatchObject({
      codec: 'avc1.64001f',
      width: 1280,
      height: 720,
      sampleAspect: { numerator: 1, denominator: 1 },
      videoRange: 'SDR',
      timescale: 15360,
      mediaTimeOffsetTicks: 1024,
      language: null,
      frameCount: 270,
    });
    expect(manifest.segments.map(({ startTicks, durationTicks }) => [startTicks, durationTicks])).toEqual([
      [0, 6 * 15360],
      [6 * 15360, 3 * 15360],
    ]);
    expect(manifest.segments[0]?.gops.map((gop) => [gop.startTicks, gop.frameCount, gop.closed])).toEqual([
      [0, 60, true],
      [2 * 15360, 60, true],
      [4 * 15360, 60, true],
    ]);
  });

  it('gives the byte range of each key frame, from its moof on', () => {
    for (const segment of manifest.segments) {
      const bytes = files.find((file) => file.fileName === segment.fileName)?.bytes ?? new Uint8Array();
      for (const gop of segment.gops) {
        const range = bytes.subarray(gop.offsetBytes, gop.offsetBytes + gop.keyFrameLengthBytes);
        expect(String.fromCharCode(...range.subarray(4, 8))).toBe('moof');
        const frame = gop.startTicks / 512;
        expect(range.at(-1)).toBe(frame % 251);
        expect(range.at(-(100 + (frame % 7)))).toBe(frame % 251);
        expect(range.at(-(101 + (frame % 7)))).not.toBe(frame % 251);
      }
    }
  });

  it('has a manifest that can be stored as JSON', () => {
    expect(trackManifestSchema.parse(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
  });

  it('cuts at exact times with GOPs of 2.002 s, even after an hour', () => {
    const ntsc = {
      ...video,
      timescale: 30_000,
      frameTicks: 1001,
      fragments: new Array(1_800).fill(60),
      frameBytes: () => 1,
    };
    const { manifest: long } = packageWhole(buildFragmentedMp4(ntsc), {
      segmentDurationSeconds: { numerator: 180_180, denominator: 30_000 },
    });
    expect(new Set(long.segments.map((segment) => segment.durationTicks))).toEqual(new Set([180_180]));
  });

  it('writes one long segment for a GOP longer than a segment, and returns to the grid after it', () => {
    const fragments = [60, 330, 60, 60, 60, 60];
    const { manifest: uneven } = packageWhole(buildFragmentedMp4({ ...video, fragments }));
    expect(uneven.segments.map((segment) => segment.startTicks / 15360)).toEqual([0, 13, 19]);
  });

  it('marks open GOPs, which show frames before their key frame', () => {
    const { manifest: open } = packageWhole(buildFragmentedMp4({ ...video, openGops: true }));
    const gops = open.segments.flatMap((segment) => segment.gops);
    expect(gops.map((gop) => gop.closed)).toEqual([true, false, false, false, false]);
    expect(gops[3]?.startTicks).toBe(182 * 512);
    expect(open.segments[1]?.startTicks).toBe(180 * 512);
  });
});

describe('audio', () => {
  const { files, manifest } = packageWhole(buildFragmentedMp4(audio), {
    kind: 'audio',
    language: 'en',
    name: 'English',
  });

  it('is cut before the first frame at or after each multiple, with one moof per segment', () => {
    expect(manifest.segments.map((segment) => segment.startTicks)).toEqual([0, 282 * 1024]);
    expect(282 * 1024).toBeGreaterThanOrEqual(6 * 48_000);
    expect(281 * 1024).toBeLessThan(6 * 48_000);
    for (const file of files.slice(1)) {
      expect(readBoxes(file.bytes).map((box) => box.type)).toEqual(['styp', 'moof', 'mdat']);
    }
  });

  it('keeps the time and the bytes of every frame', () => {
    const init = files[0]?.bytes ?? new Uint8Array();
    const samples = files.slice(1).flatMap((file) => samplesOf(init, file.bytes));
    expect(samples).toHaveLength(423);
    for (const [index, sample] of samples.entries()) {
      expect(sample.decodeTicks).toBe(index * 1024);
      expect(sample.durationTicks).toBe(1024);
      expect(sample.isSync).toBe(true);
      expect(sample.data).toEqual(new Uint8Array(100 + (index % 7)).fill(index % 251));
    }
  });

  it('reads the channels from the decoder configuration, not from the sample entry, where ffmpeg writes 2', () => {
    expect(manifest).toMatchObject({
      kind: 'audio',
      codec: 'mp4a.40.2',
      channels: 1,
      sampleRateHertz: 48_000,
      language: 'en',
      name: 'English',
    });
  });
});

it.each([
  ['video', video],
  ['audio', audio],
] as const)('writes the same %s files for any split of the stream into chunks', (kind, description) => {
  const stream = buildFragmentedMp4(description);
  const whole = packageWhole(stream, { kind });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (cuts, smallBytes) => {
        const edges = [0, ...cuts.sort((left, right) => left - right), stream.length];
        // Some chunks of a few bytes each, so that box headers are split too.
        const small = Array.from({ length: 20 }, (_, index) => Math.min(index * smallBytes, stream.length));
        const all = [...new Set([...edges, ...small])].sort((left, right) => left - right);
        const chunks = all.slice(1).map((end, index) => stream.slice(all[index], end));
        expect(packageChunks(chunks, { kind })).toEqual(whole);
      },
    ),
    { numRuns: 50 },
  );
});

it('returns each file as soon as the stream contains data after it', () => {
  const packager = createTrackPackager({ trackId: 'v', kind: 'video', segmentDurationSeconds: sixSeconds });
  const names: string[][] = [packager.push(buildInit(video)).map((file) => file.fileName)];
  for (let gop = 0; gop < 4; gop++) {
    const bytes = buildFragment(video, { sequenceNumber: gop + 1, firstFrame: gop * 60, frames: 60 });
    names.push(packager.push(bytes).map((file) => file.fileName));
  }
  expect(names).toEqual([['init.mp4'], [], [], [], ['segment_00001.m4s']]);
});

describe('a last segment of a frame or two, with which hls.js does not reach the end', () => {
  const durationsOf = (stream: StreamDescription) => {
    const { files, manifest } = packageWhole(buildFragmentedMp4(stream), { kind: stream.kind });
    expect(
      files.slice(1).flatMap((file) => samplesOf(files[0]?.bytes ?? new Uint8Array(), file.bytes)),
    ).toHaveLength(stream.fragments.reduce((sum, frames) => sum + frames, 0));
    return manifest.segments.map(({ durationTicks }) => durationTicks / stream.timescale);
  };
  const last = (frames: number): StreamDescription => ({
    ...video,
    fragments: [60, 60, 60, 60, 60, 60, ...(frames === 0 ? [] : [frames])],
  });

  it.each([
    ['no frame', 0, [6, 6]],
    ['a frame', 1, [6, 6 + 1 / 30]],
    ['13 frames', 13, [6, 6 + 13 / 30]],
    ['half a second', 15, [6, 6, 0.5]],
  ])('of video: %s after the last multiple', (_name, frames, expected) => {
    expect(durationsOf(last(frames))).toEqual(expected.map((seconds) => expect.closeTo(seconds, 6)));
  });

  it.each([
    ['no frame', 282, [282]],
    ['a frame', 283, [283]],
    ['21 frames', 303, [303]],
    ['22 frames', 304, [282, 22]],
  ])('of audio: %s after the last multiple', (_name, frames, expected) => {
    const durations = durationsOf({ ...audio, fragments: [frames] });
    expect(durations.map((seconds) => (seconds * 48_000) / 1024)).toEqual(expected);
  });

  it('is the only one of a short track', () => {
    expect(durationsOf({ ...video, fragments: [1] })).toEqual([expect.closeTo(1 / 30, 6)]);
  });

  it('does not exist for any length, in however many fragments the stream comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_200 }), fc.integer({ min: 1, max: 400 }), (frames, each) => {
        const fragments = Array.from({ length: Math.ceil(frames / each) }, (_, index) =>
          Math.min(each, frames - index * each),
        );
        const durations = durationsOf({ ...audio, fragments });
        expect(Math.min(...durations.slice(durations.length > 1 ? 0 : 1))).toBeGreaterThanOrEqual(0.45);
        expect(Math.max(...durations)).toBeLessThan(6.5);
      }),
      { numRuns: 30 },
    );
  });
});

describe('an invalid stream', () => {
  const init = buildInit(video);
  const gop = (firstFrame: number, startsWithKey = true) =>
    buildFragment(video, { sequenceNumber: 1, firstFrame, frames: 60, startsWithKey });
  it.each<[string, Uint8Array[], string, Partial<TrackPackagerOptions>?]>([
    ['is cut inside a box', [init, gop(0).subarray(0, -1)], 'ends 1 bytes before its last box'],
    ['is cut after moof', [init, gop(0), gop(60).subarray(0, 200)], 'ends'],
    ['has media first', [gop(0)], 'media before its moov'],
    ['has a gap', [init, gop(0), gop(61)], 'instead of 30720'],
    ['begins late', [init, gop(1)], 'instead of 0'],
    ['begins without a key frame', [init, gop(0, false)], 'key frame'],
    ['has a second moov', [init, gop(0), init], 'second moov'],
    ['is video instead of audio', [init], 'is video, not audio', { kind: 'audio' }],
    ['has an empty edit', [buildInit({ ...video, edits: [-1, 1024] })], 'does not start at zero'],
    ['is no MP4', [new TextEncoder().encode('#EXTM3U\n#EXT-X-VERSION:7\n')], 'ends'],
    ['has a box of size 3', [Uint8Array.of(0, 0, 0, 3, 1, 2, 3, 4)], 'has a size field of 3 bytes'],
    [
      'has an edit list on audio',
      [buildInit({ ...audio, edits: [1024] })],
      'without an edit list',
      { kind: 'audio' },
    ],
    [
      'would start between two ticks',
      [init],
      'whole tick',
      { firstSegmentNumber: 2, segmentDurationSeconds: { numerator: 1, denominator: 7 } },
    ],
  ])('is refused when it %s', (_case, chunks, message, options = {}) => {
    const run = () => packageChunks(chunks, options);
    expect(run).toThrow(FyrestreamError);
    expect(run).toThrow(expect.objectContaining({ code: 'packaging-failed', retryable: false }));
    expect(run).toThrow(message);
  });

  it.each([
    ['is empty', []],
    ['has no media', [init]],
  ])('blames the source when it %s: its encoder was given no frame', (_case, chunks) => {
    expect(() => packageChunks(chunks, {})).toThrow(
      expect.objectContaining({ code: 'no-decodable-stream', retryable: false }),
    );
  });

  it('refuses a sample entry of width 0', () => {
    const stream = Buffer.from(buildFragmentedMp4({ ...video, fragments: [4], frameBytes: () => 3 }));
    // After the type: reserved bytes, data reference index, reserved bytes.
    stream.writeUInt16BE(0, stream.indexOf('avc1') + 4 + 24);
    expect(() => packageWhole(stream)).toThrow(expect.objectContaining({ code: 'packaging-failed' }));
  });

  it('throws only FyrestreamErrors for any wrong bytes', () => {
    const stream = buildFragmentedMp4({ ...video, fragments: [4, 4], frameBytes: () => 3 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(stream.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const damaged = stream.slice();
          for (const [offset, byte] of changes) damaged[offset] = byte;
          try {
            packageWhole(damaged);
          } catch (error) {
            expect(error).toBeInstanceOf(FyrestreamError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('has no manifest before it ends', () => {
    const packager = createTrackPackager({ trackId: 'v', kind: 'video', segmentDurationSeconds: sixSeconds });
    packager.push(init);
    expect(() => packager.manifest()).toThrow('before its stream ended');
  });
});

it('makes the same files of its own files, which a remake reads, also of those of several units', () => {
  const again = (files: readonly PackagedFile[], kind: 'video' | 'audio') =>
    packageChunks(
      files.map(({ bytes }) => bytes),
      { kind },
    );
  for (const [kind, description] of [
    ['video', video],
    ['audio', audio],
  ] as const) {
    const made = packageWhole(buildFragmentedMp4(description), { kind });
    const repeated = again(made.files, kind);
    expect(repeated.files).toEqual(made.files);
    expect(repeated.manifest).toEqual(made.manifest);
  }
  const half = { ...video, fragments: [60, 60, 60] };
  const [first, second] = [1, 2].map((firstSegmentNumber) =>
    packageWhole(buildFragmentedMp4(half), { kind: 'video', firstSegmentNumber }),
  );
  if (!first || !second) throw new TypeError('there are two units');
  const files = [...first.files, ...second.files.filter(({ kind }) => kind === 'segment')];
  const repeated = again(files, 'video');
  expect(repeated.files).toEqual(files);
  expect(repeated.manifest).toEqual(joinTrackManifests([first.manifest, second.manifest]));
});
