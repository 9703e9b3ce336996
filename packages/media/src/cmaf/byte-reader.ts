import { packagingError } from './packaging-error.ts';

/** Reads consecutive big-endian fields and checks the end of the data, because the content of boxes is untrusted. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  uint24(): number {
    return (this.uint8() << 16) | this.uint16();
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4));
  }

  /** @throws FyrestreamError `packaging-failed` above 2^53, where numbers are no longer exact */
  uint64(): number {
    return exact(this.#view.getBigUint64(this.#advance(8)));
  }

  int64(): number {
    return exact(this.#view.getBigInt64(this.#advance(8)));
  }

  fourCharacterCode(): string {
    return String.fromCharCode(this.uint8(), this.uint8(), this.uint8(), this.uint8());
  }

  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  skip(length: number): void {
    this.#advance(length);
  }

  #advance(length: number): number {
    const start = this.#offset;
    if (start + length > this.#bytes.length) {
      throw packagingError(`A box ends ${start + length - this.#bytes.length} bytes before its fields do.`);
    }
    this.#offset += length;
    return start;
  }
}

function exact(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw packagingError(`The number ${value} in a box is above 2^53; it may be a negative time.`);
  }
  return Number(value);
}
