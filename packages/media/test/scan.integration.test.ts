import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLadderConfig } from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSourceScanner, MediaRefusal, planEncode, refineScrambledRefusal } from '../src/index.ts';
import { factsOf, videoStream } from './ffprobe-fixtures.ts';
import { runTool } from './run-tool.ts';

/** Facts in the bytes of real files that ffmpeg does not report. Does not test files of gigabytes. */
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'scan-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function film(name: string, options: string[]): Promise<Buffer> {
  const path = join(directory, name);
  const sources = ['-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=25:d=3', '-f', 'lavfi', '-i', 'sine=d=3'];
  await runTool('ffmpeg', ['-v', 'error', '-y', ...sources, ...options, path]);
  return readFile(path);
}

/** Passes chunks of one size and skips the bytes that the scanner does not need. */
function scan(demuxer: string, file: Buffer, chunkBytes = 4_096) {
  const scanner = createSourceScanner(demuxer);
  for (let at = 0; scanner && at < file.length; ) {
    const chunk = file.subarray(at, at + chunkBytes);
    at += chunk.length + scanner.push(chunk);
  }
  return scanner?.end() ?? {};
}

const leftOut = (found: ReturnType<typeof scan>) =>
  planEncode(factsOf([videoStream()]), { scan: found }, defaultLadderConfig).leftOut;

const fragmented = ['-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-g', '10'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus'];
const mpeg4 = ['-c:v', 'mpeg4'];

describe('a second file after the first', () => {
  it.each<[string, string, string[]]>([
    ['mov', 'index-at-the-end.mp4', h264],
    ['mov', 'index-in-front.mp4', [...h264, '-movflags', '+faststart']],
    ['mov', 'fragmented.mp4', [...h264, ...fragmented]],
    ['mov', 'film.mov', mpeg4],
    ['matroska', 'film.webm', vp8],
    ['matroska', 'live.webm', [...vp8, '-live', '1']],
    ['matroska', 'film.mkv', h264],
    ['flv', 'film.flv', ['-c:v', 'flv', '-ar', '44100']],
    ['asf', 'film.asf', ['-c:v', 'msmpeg4', '-c:a', 'wmav2']],
    ['nut', 'film.nut', mpeg4],
    ['mxf', 'film.mxf', ['-c:v', 'mpeg2video', '-ar', '48000', '-c:a', 'pcm_s16le']],
    ['wav', 'audio.wav', ['-vn']],
    ['flac', 'audio.flac', ['-vn']],
    ['aiff', 'audio.aiff', ['-vn']],
    ['caf', 'audio.caf', ['-vn']],
  ])('is left out of %s: %s', async (demuxer, name, options) => {
    const file = await film(name, options);
    const joined = Buffer.concat([file, file]);
    expect(scan(demuxer, file).appendedAtBytes ?? null).toBeNull();
    for (const chunkBytes of [joined.length, 4_096, 997]) {
      expect(scan(demuxer, joined, chunkBytes).appendedAtBytes, `${chunkBytes}`).toBe(file.length);
    }
    expect(leftOut(scan(demuxer, joined))).toEqual([
      {
        streamIndex: null,
        kind: 'appended',
        why: `a second file is appended at byte ${file.length} of 5000000: only the first one counts`,
      },
    ]);
  });

  it('is not reported if an init segment is repeated between fragments', async () => {
    const file = await film('repeated.mp4', [...h264, ...fragmented]);
    const init = file.subarray(0, file.indexOf('moof') - 4);
    const third = file.indexOf('moof', file.indexOf('moof', init.length + 8) + 8) - 4;
    const repeated = Buffer.concat([file.subarray(0, third), init, file.subarray(third)]);
    expect(scan('mov', repeated).appendedAtBytes).toBeNull();
  });
});

it('missing fragments of an MP4 are counted', async () => {
  const file = await film('whole.mp4', [...h264, ...fragmented]);
  const starts = [...file.toString('latin1').matchAll(/moof/g)].map(({ index }) => index - 4);
  expect(leftOut(scan('mov', file))).toEqual([]);
  const broken = Buffer.concat([file.subarray(0, starts[2]), file.subarray(starts[4])]);
  expect(leftOut(scan('mov', broken))).toEqual([
    {
      streamIndex: null,
      kind: 'fragments',
      why: `2 of ${starts.length} fragments are missing in the file`,
    },
  ]);
});

describe('a scrambled transport stream', () => {
  const refusal = new MediaRefusal('no-decodable-stream');
  const scrambledFrom = (file: Buffer, firstByte: number) => {
    const copy = Buffer.from(file);
    for (let at = 0; at < copy.length; at += 188) {
      const pid = copy.readUInt16BE(at + 1) & 0x1fff;
      // Video and audio of ffmpeg's streams; the tables are not scrambled.
      if (at >= firstByte && (pid === 0x100 || pid === 0x101)) copy[at + 3] = (copy[at + 3] ?? 0) | 0x80;
    }
    return copy;
  };

  it.each([
    ['MPEG-2', ['-c:v', 'mpeg2video', '-c:a', 'mp2']],
    ['H.264 and AAC', [...h264, '-c:a', 'aac']],
  ])('%s is refused as encrypted, not as empty', async (name, options) => {
    const file = await film(`${name}.ts`, options);
    const scanned = scan('mpegts', scrambledFrom(file, 0));
    // All packets except those of the program's table.
    expect(scanned.scrambledPackets).toBeGreaterThan((scanned.packets ?? 0) * 0.9);
    expect(refineScrambledRefusal(refusal, scanned)).toMatchObject({ code: 'encrypted' });
    expect(refineScrambledRefusal(refusal, scan('mpegts', file))).toBe(refusal);
  });

  it('with an unscrambled part is left out in part, in chunks of any size', async () => {
    const file = await film('part.ts', [...h264, '-c:a', 'aac']);
    const part = scrambledFrom(file, Math.floor(file.length / 188 / 4) * 3 * 188);
    expect(scan('mpegts', part, 997)).toEqual(scan('mpegts', part, part.length));
    expect(leftOut(scan('mpegts', part))).toEqual([
      expect.objectContaining({ kind: 'scrambled', why: expect.stringMatching(/^2\d % of the packets/) }),
    ]);
    expect(leftOut(scan('mpegts', file))).toEqual([]);
  });

  it.each([
    ['Blu-ray', 4, 0],
    ['error correction', 0, 16],
  ])('is detected with %s added to each packet', async (_, front, behind) => {
    const file = scrambledFrom(await film('wide.ts', h264), 0);
    const packets = Array.from({ length: file.length / 188 }, (_packet, index) =>
      Buffer.concat([
        Buffer.alloc(front),
        file.subarray(index * 188, index * 188 + 188),
        Buffer.alloc(behind),
      ]),
    );
    expect(scan('mpegts', Buffer.concat(packets))).toEqual(scan('mpegts', file));
  });
});
