import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkPacketHashes,
  decodeRenditionCommand,
  readPacketHashes,
  remuxCommand,
  toArguments,
} from '../src/index.ts';
import { encodeSource } from './encode-source.ts';
import { film, videoSource } from './fixtures/film.ts';
import { makeSource } from './fixtures/make-source.ts';
import { inspectFrames } from './inspect-output.ts';
import { runTool } from './run-tool.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-media-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('remuxCommand', () => {
  it('remuxes video and audio into one progressive file with the index first and the same packets', async () => {
    const source = await makeSource({ fileName: 'both.mp4', make: film(videoSource()) }, directory);
    const { pathOf } = await encodeSource(source.path, source.directory);
    const remux = async (name: string, streams: { videoPath: string; audioPath?: string }) => {
      const [path, segments, file] = [name, `${name}.segments`, `${name}.file`].map((part) =>
        join(directory, part),
      ) as [string, string, string];
      await runTool('ffmpeg', toArguments(remuxCommand(streams, path, segments)));
      await runTool('ffmpeg', toArguments(decodeRenditionCommand(path, { packetHashTarget: file })));
      const [segmentHashes, fileHashes] = await Promise.all([hashesIn(segments), hashesIn(file)]);
      return { path, segmentHashes, fileHashes };
    };
    const both = await remux('both-streams.mp4', {
      videoPath: pathOf('h264-240'),
      audioPath: pathOf('audio-1'),
    });
    const silent = await remux('video-only.mp4', { videoPath: pathOf('h264-240') });
    const bytes = await readFile(both.path);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    expect((await inspectFrames(both.path)).frameCount).toBe(30);
    expect(both.fileHashes.map(({ kind }) => kind)).toEqual(['v', 'a']);
    expect(checkPacketHashes('h264-240', both.segmentHashes, both.fileHashes).passed).toBe(true);
    expect(checkPacketHashes('h264-240', both.segmentHashes, silent.fileHashes).passed).toBe(false);
    const [video, audio] = both.fileHashes as [(typeof both.fileHashes)[0], (typeof both.fileHashes)[0]];
    const changed = [video, { ...audio, hash: video.hash }];
    expect(checkPacketHashes('h264-240', both.segmentHashes, changed).passed).toBe(false);
    expect(checkPacketHashes('h264-240', [], []).passed).toBe(false);
  });
});

const hashesIn = async (path: string) => readPacketHashes(await readFile(path, 'utf8'));
