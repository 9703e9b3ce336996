import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs ffmpeg with these arguments, and the file that it writes. @param extension chooses the format */
export type MediaMaker = (argv: readonly string[], extension: string) => Promise<Uint8Array>;

/** Makes each file once: many attacks change a copy of the same small file. */
export function createMediaMaker(): MediaMaker {
  const made = new Map<string, Promise<Uint8Array>>();
  return async (argv, extension) => {
    const key = JSON.stringify([argv, extension]);
    const file = made.get(key) ?? run(argv, extension);
    made.set(key, file);
    return (await file).slice();
  };
}

async function run(argv: readonly string[], extension: string): Promise<Uint8Array> {
  const directory = await mkdtemp(join(tmpdir(), 'fyrestream-media-'));
  const path = join(directory, `made${extension}`);
  try {
    await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', ...argv, path]);
    return await readFile(path);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Inputs and codecs of a video of one second with 64 x 48 pixels, and audio. */
export function smallMedia(videoCodec: string, audioCodec: string): string[] {
  return [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=10:duration=1'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1'],
    ...['-c:v', videoCodec, '-pix_fmt', videoCodec === 'mjpeg' ? 'yuvj420p' : 'yuv420p'],
    ...['-c:a', audioCodec],
  ];
}

/** One JPEG image of a size, as a frame of MJPEG. */
export function jpegFrame(makeMedia: MediaMaker, size = '64x48'): Promise<Uint8Array> {
  return makeMedia(
    ['-f', 'lavfi', '-i', `color=size=${size}`, '-frames:v', '1', '-pix_fmt', 'yuvj420p'],
    '.jpg',
  );
}
