/** A reflected CRC with all-ones start and end, as every CRC that S3 knows. */
export interface CyclicRedundancy {
  readonly bits: 32 | 64;
  /** Bit-reversed. */
  readonly polynomial: bigint;
}

export const crc32: CyclicRedundancy = { bits: 32, polynomial: 0xedb88320n };
export const crc32c: CyclicRedundancy = { bits: 32, polynomial: 0x82f63b78n };
export const crc64nvme: CyclicRedundancy = { bits: 64, polynomial: 0x9a6c9329ac4bc9b5n };

export interface RunningCrc {
  readonly update: (data: Uint8Array) => void;
  readonly value: () => bigint;
}

/** Computes a CRC byte by byte from a table; 64 bits are kept as two halves, since BigInt is slow. */
export function runningCrc(crc: CyclicRedundancy): RunningCrc {
  const { low, high } = table(crc);
  let lowHalf = 0xffffffff;
  let highHalf = crc.bits === 64 ? 0xffffffff : 0;
  return {
    update(data) {
      let nextLow = lowHalf;
      let nextHigh = highHalf;
      for (let index = 0; index < data.length; index++) {
        const place = (nextLow ^ (data[index] as number)) & 0xff;
        nextLow = ((nextLow >>> 8) | (nextHigh << 24)) ^ (low[place] as number);
        nextHigh = (nextHigh >>> 8) ^ (high[place] as number);
      }
      lowHalf = nextLow;
      highHalf = nextHigh;
    },
    value() {
      const start = BigInt.asUintN(32, BigInt(~lowHalf));
      return crc.bits === 32 ? start : (BigInt.asUintN(32, BigInt(~highHalf)) << 32n) | start;
    },
  };
}

/**
 * The CRC of two texts one after the other, from their CRCs and the length of the second: the first is
 * multiplied by x^(8 · length) modulo the polynomial. This is how a multipart object gets the checksum of
 * its whole content without being read again.
 */
export function combineCrc(
  crc: CyclicRedundancy,
  first: bigint,
  second: bigint,
  secondBytes: number,
): bigint {
  return multiply(crc, first, powerOfX(crc, BigInt(secondBytes) * 8n)) ^ second;
}

function powerOfX(crc: CyclicRedundancy, exponent: bigint): bigint {
  const one = 1n << BigInt(crc.bits - 1);
  let square = one >> 1n;
  let result = one;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(crc, result, square);
    square = multiply(crc, square, square);
  }
  return result;
}

/** Product of two reflected polynomials modulo the CRC's own. */
function multiply(crc: CyclicRedundancy, a: bigint, b: bigint): bigint {
  let product = 0n;
  let shifted = b;
  for (let bit = 1n << BigInt(crc.bits - 1); bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ crc.polynomial : shifted >> 1n;
  }
  return product;
}

const tables = new Map<CyclicRedundancy, { low: Int32Array; high: Int32Array }>();

function table(crc: CyclicRedundancy) {
  const known = tables.get(crc);
  if (known !== undefined) return known;
  const low = new Int32Array(256);
  const high = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let entry = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) entry = entry & 1n ? (entry >> 1n) ^ crc.polynomial : entry >> 1n;
    low[byte] = Number(BigInt.asIntN(32, entry));
    high[byte] = Number(BigInt.asIntN(32, entry >> 32n));
  }
  const made = { low, high };
  tables.set(crc, made);
  return made;
}
