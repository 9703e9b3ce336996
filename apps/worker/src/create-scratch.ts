import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The temporary directory of one worker; it is removed when the worker ends. */
export interface Scratch {
  /** Creates the folder of a file. @returns the path of the file */
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
 * Linux limits the path of a socket to 107 bytes. A relative path works, because ffmpeg has the same working directory.
 * @see https://man7.org/linux/man-pages/man7/unix.7.html
 */
function shorterPath(path: string): string {
  const fromHere = relative('', path);
  return fromHere.length < path.length ? fromHere : path;
}
