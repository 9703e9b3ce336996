import { type FileHandle, open } from 'node:fs/promises';

const pieceBytes = 512 * 1024;

/**
 * Reads a file piece by piece into one buffer: each piece is valid until the next one is requested. A read stream would allocate all
 * bytes of the file, which costs more CPU time than reading them.
 */
export async function* readPieces(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(pieceBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, pieceBytes);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Appends all bytes; one write may take fewer. */
export async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written, bytes.length - written)).bytesWritten;
  }
}
