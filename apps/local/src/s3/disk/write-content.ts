import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentFile } from './bucket-layout.ts';
import { randomToken } from './durable-file.ts';
import type { ContentFile } from './object-record.ts';

/** Pieces arrive with 64 KiB; gathering them saves system calls. */
const gatherBytes = 256 * 1024;

/**
 * Streams content into a new file in `incoming`, and syncs it. At most two buffers of `gatherBytes` are in memory: one is
 * written while the next arrives. Removes the file if the source fails.
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
      // The await above or below handles a failure; until then Node must not report it as unhandled.
      writing.catch(() => {});
      sizeBytes += gatheredBytes;
      gathered = [];
      gatheredBytes = 0;
    }
  } finally {
    // The handle is closed next, so no write may be in progress, even where the source failed.
    await Promise.allSettled([writing]);
  }
  await writing;
  await writeAll(handle, gathered, sizeBytes);
  return sizeBytes + gatheredBytes;
}

/** writev may write fewer bytes than requested. */
async function writeAll(handle: FileHandle, pieces: readonly Buffer[], position: number): Promise<void> {
  const expectedBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (expectedBytes === 0) return;
  const { bytesWritten } = await handle.writev(pieces, position);
  if (bytesWritten === expectedBytes) return;
  const rest = Buffer.concat(pieces).subarray(bytesWritten);
  await writeAll(handle, [rest], position + bytesWritten);
}
