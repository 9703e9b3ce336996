/** A box with the given content. Source: ISO/IEC 14496-12, 4.2. */
export function writeBox(type: string, ...contents: Uint8Array[]): Uint8Array {
  const sizeBytes = contents.reduce((sum, part) => sum + part.length, 8);
  const header = uint32s(sizeBytes, 0);
  for (let index = 0; index < 4; index++) header[4 + index] = type.charCodeAt(index);
  return concatenateBytes([header, ...contents]);
}

/** A full box: version and flags precede the content. */
export function writeFullBox(
  type: string,
  version: number,
  flags: number,
  ...contents: Uint8Array[]
): Uint8Array {
  return writeBox(type, uint32s(((version << 24) | flags) >>> 0), ...contents);
}

/** Big-endian 32-bit fields. */
export function uint32s(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value);
  return bytes;
}

export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

export function encodeFourCharacterCodes(...codes: string[]): Uint8Array {
  return Uint8Array.from(codes.join(''), (character) => character.charCodeAt(0));
}

export function concatenateBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
