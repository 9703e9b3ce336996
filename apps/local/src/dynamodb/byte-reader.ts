/** Reads numbers and bytes one after the other; throws RangeError at the end. */
export class ByteReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes.readUInt8(this.#offset);
    this.#offset += 1;
    return value;
  }

  /** Little-endian, of 1 to 4 bytes. */
  unsigned(lengthBytes: number): number {
    const value = this.#bytes.readUIntLE(this.#offset, lengthBytes);
    this.#offset += lengthBytes;
    return value;
  }

  /** Seven bits per byte, the lowest first. */
  variable(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  take(lengthBytes: number): Buffer {
    const end = this.#offset + lengthBytes;
    if (end > this.#bytes.length) throw new RangeError('The bytes end too early.');
    const taken = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return taken;
  }
}
