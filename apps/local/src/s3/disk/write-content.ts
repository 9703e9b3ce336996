import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentFile } from './bucket-layout.ts';
import { randomToken } from './durable-file.ts';
import type { ContentFile } from './object-record.ts';

/** Pieces arrive in 64 KiB; gathering them spares a system call each. */
const gatherBytes = 256 * 1024;

/**
 * Streams content into a new file of `incoming`, synced. Holds at most two gathers in memory: one being
 * written while the next arrives. Removes the file again if the source fails.
 */
export async function writeContent(incoming: string, source: AsyncIterable<Buffer>): Promise<ContentFile> {
  const file = contentFile(randomToken());
  const path = join(incoming, file);
  const handle = await open(path, 'wx');
  try {
    const sizeBytes = await drain(handle, source);
    await handle.sync();
    await handle.close();
    return { file, sizeBytes };
  } catch (error) {
    await handle.close();
    await rm(path, { force: true });
    throw error;
  }
}

async function drain(handle: FileHandle, source: AsyncIterable<Buffer>): Promise<number> {
  let sizeBytes = 0;
  let gathered: Buffer[] = [];
  let gatheredBytes = 0;
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const piece of source) {
      gathered.push(piece);
      gatheredBytes += piece.length;
      if (gatheredBytes < gatherBytes) continue;
      await writing;
      writing = writeAll(handle, gathered, sizeBytes);
      // A failure is seen by the await above or below; until then it must not count as unhandled.
      writing.catch(() => {});
      sizeBytes += gatheredBytes;
      gathered = [];
      gatheredBytes = 0;
    }
  } finally {
    // The handle is closed next: no write may still be under way, whatever happened to the source.
    await Promise.allSettled([writing]);
  }
  await writing;
  await writeAll(handle, gathered, sizeBytes);
  return sizeBytes + gatheredBytes;
}

/** writev may write less than it was given. */
async function writeAll(handle: FileHandle, pieces: readonly Buffer[], position: number): Promise<void> {
  const expectedBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (expectedBytes === 0) return;
  const { bytesWritten } = await handle.writev(pieces, position);
  if (bytesWritten === expectedBytes) return;
  const rest = Buffer.concat(pieces).subarray(bytesWritten);
  await writeAll(handle, [rest], position + bytesWritten);
}
