/** Big-endian numbers of 32 bits; negative ones in two's complement. */
export function uint32s(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * index);
  return bytes;
}

/** Little-endian, as in RIFF. */
export function uint32sLittle(...values: number[]): Uint8Array {
  return Buffer.from(uint32s(...values)).swap32();
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

/** The same bytes in every run; no decoder accepts them. */
export function noise(length: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** A copy with other bytes behind the first occurrence of a text. @param offset from the start of the text */
export function patchAt(file: Uint8Array, text: string, offset: number, patch: Uint8Array): Uint8Array {
  const copy = Buffer.from(file);
  const found = copy.indexOf(text, 0, 'latin1');
  if (found !== -1) copy.set(patch, found + offset);
  return copy;
}
