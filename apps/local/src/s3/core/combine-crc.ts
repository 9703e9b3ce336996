/** The CRCs of S3. All are reflected and start and end with all bits set. */
export type CrcAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME';

interface Crc {
  readonly bits: 32 | 64;
  /** Bit-reversed. */
  readonly polynomial: bigint;
}

const crcs: Readonly<Record<CrcAlgorithm, Crc>> = {
  CRC32: { bits: 32, polynomial: 0xedb88320n },
  CRC32C: { bits: 32, polynomial: 0x82f63b78n },
  CRC64NVME: { bits: 64, polynomial: 0x9a6c9329ac4bc9b5n },
};

export function isCrcAlgorithm(algorithm: string): algorithm is CrcAlgorithm {
  return algorithm in crcs;
}

/**
 * The CRC of two byte strings in sequence, from their CRCs (base64) and the length of the second. The first CRC is
 * multiplied by x^(8 · length) modulo the polynomial, as `crc32_combine` of zlib does; Node does not export that function
 * and no maintained package covers all three CRCs. A multipart object gets the checksum of its whole content
 * this way, without being read again.
 */
export function combineCrc(
  algorithm: CrcAlgorithm,
  first: string,
  second: string,
  secondBytes: number,
): string {
  const crc = crcs[algorithm];
  const shifted = multiply(crc, decode(first), powerOfX(crc, BigInt(secondBytes) * 8n));
  return encode(crc, shifted ^ decode(second));
}

function powerOfX(crc: Crc, exponent: bigint): bigint {
  const one = 1n << BigInt(crc.bits - 1);
  let square = one >> 1n;
  let result = one;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(crc, result, square);
    square = multiply(crc, square, square);
  }
  return result;
}

/** The product of two reflected polynomials modulo the polynomial of the CRC. */
function multiply(crc: Crc, a: bigint, b: bigint): bigint {
  let product = 0n;
  let shifted = b;
  for (let bit = 1n << BigInt(crc.bits - 1); bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ crc.polynomial : shifted >> 1n;
  }
  return product;
}

function decode(base64: string): bigint {
  return BigInt(`0x${Buffer.from(base64, 'base64').toString('hex') || '0'}`);
}

function encode(crc: Crc, value: bigint): string {
  return Buffer.from(value.toString(16).padStart(crc.bits / 4, '0'), 'hex').toString('base64');
}
