import { open } from 'node:fs/promises';

/** Reads bytes of a file; fewer at its end, because a container may state more bytes than the file has. */
export async function readRange(path: string, offset: number, lengthBytes: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.max(0, Math.min(lengthBytes, size - offset));
    // A box of 64-bit size may state a position that `read` refuses.
    if (length === 0) return new Uint8Array();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
