import { readBoxHeader } from './boxes.ts';
import { packagingError } from './packaging-error.ts';
import { concatenateBytes } from './write-box.ts';

/** A whole top-level box with its header. */
export interface StreamedBox {
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface BoxStream {
  /** Takes the next bytes, split anywhere, and returns the boxes that they complete. */
  push(chunk: Uint8Array): StreamedBox[];
  /** @throws FyrestreamError `packaging-failed` if the stream ends inside a box */
  end(): void;
}

/** Splits a byte stream into its top-level boxes; buffers only the bytes of one unfinished box. */
export function createBoxStream(): BoxStream {
  let chunks: Uint8Array[] = [];
  let heldBytes = 0;
  let wantedBytes = 8;

  function takeAll(): Uint8Array {
    const [only] = chunks;
    const bytes = chunks.length === 1 && only ? only : concatenateBytes(chunks);
    chunks = [];
    heldBytes = 0;
    return bytes;
  }

  function hold(bytes: Uint8Array): void {
    if (bytes.length > 0) chunks.push(bytes);
    heldBytes += bytes.length;
  }

  return {
    push(chunk) {
      hold(chunk);
      // Chunks are joined only when a box is whole: joining them on every push would take quadratic time.
      if (heldBytes < wantedBytes) return [];
      const boxes: StreamedBox[] = [];
      let bytes = takeAll();
      for (;;) {
        const header = readBoxHeader(bytes);
        wantedBytes = header?.sizeBytes ?? (bytes.length < 8 ? 8 : 16);
        if (header === null || bytes.length < header.sizeBytes) break;
        boxes.push({ type: header.type, bytes: bytes.subarray(0, header.sizeBytes) });
        bytes = bytes.subarray(header.sizeBytes);
      }
      hold(bytes);
      return boxes;
    },
    end() {
      if (heldBytes > 0) {
        throw packagingError(`The stream ends ${wantedBytes - heldBytes} bytes before its last box does.`);
      }
    },
  };
}
