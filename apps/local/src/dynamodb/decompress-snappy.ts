import { ByteReader } from './byte-reader.ts';

/**
 * Decompresses a block of Snappy.
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function decompressSnappy(compressed: Buffer): Buffer {
  const reader = new ByteReader(compressed);
  const output = Buffer.alloc(reader.variable());
  let length = 0;
  const copy = (offset: number, count: number) => {
    // The copy may overlap with its source.
    for (let index = 0; index < count; index += 1, length += 1) output[length] = output[length - offset] ?? 0;
  };
  while (!reader.isAtEnd) {
    const tag = reader.byte();
    const upper = tag >> 2;
    const kind = tag & 3;
    if (kind === 0) {
      const count = (upper < 60 ? upper : reader.unsigned(upper - 59)) + 1;
      reader.take(count).copy(output, length);
      length += count;
    } else if (kind === 1) copy(((tag >> 5) << 8) | reader.byte(), (upper & 7) + 4);
    else copy(reader.unsigned(kind === 2 ? 2 : 4), upper + 1);
  }
  return output;
}
