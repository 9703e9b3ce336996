import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The disk of one worker: everything on it goes with the worker. */
export interface Scratch {
  /** A path for a file, its folder made. */
  path(...names: string[]): Promise<string>;
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** A path for a Unix socket, relative to the working directory where that is shorter. */
  socketPath(name: string): string;
  remove(): Promise<void>;
}

export async function createScratch(parentDirectory: string): Promise<Scratch> {
  await mkdir(parentDirectory, { recursive: true });
  const directory = await mkdtemp(join(parentDirectory, 'job-'));
  const socketDirectory = await mkdtemp(join(tmpdir(), 'fyrestream-'));
  return {
    async path(...names) {
      const path = join(directory, ...names);
      await mkdir(dirname(path), { recursive: true });
      return path;
    },
    write: (path, bytes) => writeFile(path, bytes),
    socketPath: (name) => shorterPath(join(socketDirectory, `${name}.sock`)),
    async remove() {
      await Promise.all(
        [directory, socketDirectory].map((path) => rm(path, { recursive: true, force: true })),
      );
    },
  };
}

/**
 * The system takes 107 bytes for the path of a socket, however deep the directory lies; ffmpeg works in the same working
 * directory. @see https://man7.org/linux/man-pages/man7/unix.7.html
 */
function shorterPath(path: string): string {
  const fromHere = relative('', path);
  return fromHere.length < path.length ? fromHere : path;
}
