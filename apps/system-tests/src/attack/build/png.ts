import { crc32, deflateSync } from 'node:zlib';
import { latin1, uint32s } from './bytes.ts';

/** A PNG of one colour: a kilobyte for each mebibyte of pixels. @param more chunks before the pixels */
export function png(width: number, height: number, more: readonly Uint8Array[] = []): Uint8Array {
  const row = new Uint8Array(1 + Math.ceil(width / 8));
  const pixels = deflateSync(Buffer.alloc(row.length * height), { level: 9 });
  const header = Buffer.concat([uint32s(width, height), Buffer.from([1, 0, 0, 0, 0])]);
  return Buffer.concat([
    latin1('\x89PNG\r\n\x1a\n'),
    pngChunk('IHDR', header),
    ...more,
    pngChunk('IDAT', pixels),
    pngChunk('IEND', latin1('')),
  ]);
}

/** Source: PNG specification, 5.3. */
export function pngChunk(type: string, body: Uint8Array): Uint8Array {
  const content = Buffer.concat([latin1(type), body]);
  return Buffer.concat([uint32s(body.length), content, uint32s(crc32(content))]);
}
