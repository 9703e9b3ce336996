/** Big-endian numbers of 32 bits; negative ones in two's complement. */
export function uint32s(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * index);
  return bytes;
}

export function uint16s(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value & 0xff_ff, 2 * index);
  return bytes;
}

/** Each character is one byte. */
export function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
