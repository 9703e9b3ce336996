import {
  createElementaryStreamFinder,
  createSourceScanner,
  findKeyFrameRepairs,
  findMovedStreams,
  findPacketLayout,
  MediaRefusal,
  requireIsoCeilings,
  sniffAudioFrames,
  sniffContainer,
  sniffFramesLengthBytes,
  sniffLengthBytes,
} from '@fyrestream/media';
import { beforeAll, expect, it } from 'vitest';
import { makeSampleFiles } from './make-sample-files.ts';
import { type Mutation, mutate } from './mutate.ts';

/** Smaller than elements, so that they are cut. */
const chunkBytes = 1_000;
const seeds = Array.from({ length: 2_000 }, (_, index) => index + 1);
let mutations: Mutation[];
beforeAll(async () => {
  const samples = await makeSampleFiles();
  mutations = seeds.map((seed) => mutate(seed, samples));
});

type Reader = (bytes: Buffer) => unknown;

it.each<[string, Reader]>([
  ['the start of a file', readStart],
  ['the index of an MP4', (bytes) => requireIsoCeilings(rangesOf(bytes), bytes.length)],
  ['the key frames of an MP4', (bytes) => findKeyFrameRepairs(rangesOf(bytes))],
  ['the streams of a transport stream', readTransportStream],
  ['an MP4', (bytes) => scan('mov', bytes)],
  ['a transport stream', (bytes) => scan('mpegts', bytes)],
])('whatever its damage, the reader of %s only refuses it', async (_, read) => {
  for (const { seed, bytes, description } of mutations) {
    try {
      await read(bytes);
    } catch (error) {
      expect(error, `--seed ${seed} (${description})`).toBeInstanceOf(MediaRefusal);
    }
  }
});

function rangesOf(bytes: Buffer) {
  return async (offset: number, lengthBytes: number) => bytes.subarray(offset, offset + lengthBytes);
}

function readStart(bytes: Buffer): void {
  sniffContainer(bytes.subarray(0, sniffLengthBytes));
  sniffAudioFrames(bytes.subarray(0, sniffFramesLengthBytes));
}

function readTransportStream(bytes: Buffer): void {
  const layout = findPacketLayout(bytes);
  if (layout === null) return;
  const finder = createElementaryStreamFinder(layout);
  finder.push(bytes.subarray(layout.offsetBytes));
  const { streams, packetCount } = finder.end();
  findMovedStreams(streams, packetCount);
}

function scan(demuxer: string, bytes: Buffer): void {
  const scanner = createSourceScanner(demuxer);
  for (let position = 0; position < bytes.length; ) {
    const chunk = bytes.subarray(position, position + chunkBytes);
    position += chunk.length + (scanner?.push(chunk) ?? 0);
  }
  scanner?.end();
}
