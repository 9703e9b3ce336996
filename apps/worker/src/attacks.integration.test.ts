import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLadderConfig } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planLocalFile } from './plan-local-file.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-attacks-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** A WAV of silence. */
function wave(channels: number, sampleRate: number): Buffer {
  const header = Buffer.alloc(44);
  const dataBytes = 20 * 2 * channels;
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return Buffer.concat([header, Buffer.alloc(dataBytes)]);
}

/** A PNG that states its size and has no content. */
function picture(width: number, height: number): Buffer {
  const chunk = Buffer.alloc(13);
  chunk.writeUInt32BE(width, 0);
  chunk.writeUInt32BE(height, 4);
  chunk.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a0000000d', 'hex'),
    Buffer.from('IHDR'),
    chunk,
    Buffer.alloc(4),
  ]);
}

/** MP3 frames of silence behind a tag with entries of different names. */
function taggedAudio(entries: number): Buffer {
  const size = (bytes: number) => Buffer.from([21, 14, 7, 0].map((shift) => (bytes >> shift) & 127));
  const tags = Array.from({ length: entries }, (_, index) => {
    const body = Buffer.from(`\x03${index}\0v`);
    return Buffer.concat([Buffer.from('TXXX'), size(body.length), Buffer.alloc(2), body]);
  });
  const content = Buffer.concat(tags);
  const frame = Buffer.concat([Buffer.from('fffb9064', 'hex'), Buffer.alloc(413)]);
  return Buffer.concat([
    Buffer.from('ID3\x04\0\0', 'latin1'),
    size(content.length),
    content,
    Buffer.alloc(20 * 417, frame),
  ]);
}

const attacks: [string, Buffer, string][] = [
  ['audio of one sample per second', wave(1, 1), 'sample-rate-not-accepted'],
  ['audio of 255 channels', wave(255, 48_000), 'too-many-channels'],
  [
    'a playlist of another file',
    Buffer.from('#EXTM3U\n#EXTINF:1\nfile:///etc/passwd\n'),
    'playlist-not-media',
  ],
  ['a concat script', Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n"), 'playlist-not-media'],
  ['audio with 11,000 tags', taggedAudio(11_000), 'metadata-too-large'],
  ['a picture of 65535 x 65535', picture(65_535, 65_535), 'image-not-video'],
];

it.each(attacks)('attack: %s', async (_name, bytes, code) => {
  const path = join(directory, 'attack');
  await writeFile(path, bytes);
  await expect(
    planLocalFile(path, { ladder: defaultLadderConfig, unitSeconds: 48 }, new AbortController().signal),
  ).rejects.toMatchObject({
    code,
    retryable: false,
  });
});
