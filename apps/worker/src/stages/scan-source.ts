import { open } from 'node:fs/promises';
import { createSourceScanner, type SourceScan } from '@fyrestream/media';

const chunkBytes = 1024 * 1024;

/** Reads the bytes of a file to find what its demuxer does not report. */
export async function scanSource(
  path: string,
  demuxer: string,
  signal: AbortSignal,
): Promise<Partial<SourceScan>> {
  const scanner = createSourceScanner(demuxer);
  if (scanner === null) return {};
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(chunkBytes);
    for (let position = 0; position < size; ) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
      if (bytesRead === 0) break;
      position += bytesRead + scanner.push(buffer.subarray(0, bytesRead));
    }
    return scanner.end();
  } finally {
    await file.close();
  }
}
