/** The header of an EBML element. */
export interface EbmlElement {
  readonly id: number;
  readonly headerBytes: number;
  /** Null if the size is not stated: the children follow. */
  readonly sizeBytes: number | null;
}

/** An element inside another one, with its content. */
export interface ChildElement {
  readonly id: number;
  readonly payload: Uint8Array;
}

/** An id of four bytes and a size of eight. */
export const maxElementHeaderBytes = 12;

/** @returns null if there is no element. Source: RFC 8794, 4 to 6 */
export function readElement(bytes: Uint8Array): EbmlElement | null {
  const idBytes = Math.clz32(bytes[0] ?? 0) - 23;
  const sizeLength = Math.clz32(bytes[idBytes] ?? 0) - 23;
  const headerBytes = idBytes + sizeLength;
  if (idBytes > 4 || sizeLength > 8 || headerBytes > bytes.length) return null;
  const id = bytes.subarray(0, idBytes).reduce((value, byte) => value * 256 + byte, 0);
  // The highest bit of the size says how many bytes it has; all others set: unknown.
  const unknown = 2 ** (7 * sizeLength) - 1;
  const first = (bytes[idBytes] ?? 0) & (0xff >> sizeLength);
  const sizeBytes = bytes
    .subarray(idBytes + 1, headerBytes)
    .reduce((value, byte) => value * 256 + byte, first);
  return { id, headerBytes, sizeBytes: sizeBytes === unknown ? null : sizeBytes };
}

/** The ids and contents of the elements in these bytes; ends without an error at the first one that is damaged. */
export function* childElements(bytes: Uint8Array): Generator<ChildElement> {
  for (let offset = 0; offset < bytes.length; ) {
    const element = readElement(bytes.subarray(offset, offset + maxElementHeaderBytes));
    if (element === null || element.sizeBytes === null) return;
    const start = offset + element.headerBytes;
    offset = start + element.sizeBytes;
    yield { id: element.id, payload: bytes.subarray(start, offset) };
  }
}
