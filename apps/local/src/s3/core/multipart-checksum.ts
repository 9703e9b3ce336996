import { createHash, type Hash } from 'node:crypto';
import type { Checksum, ChecksumAlgorithm, ChecksumType } from './checksum.ts';
import {
  type CyclicRedundancy,
  combineCrc,
  crc32,
  crc32c,
  crc64nvme,
  runningCrc,
} from './cyclic-redundancy.ts';
import type { UploadedPart } from './multipart.ts';

/** The CRC behind an algorithm; undefined for the hashes. */
export const redundancyOf: Readonly<Record<ChecksumAlgorithm, CyclicRedundancy | undefined>> = {
  CRC32: crc32,
  CRC32C: crc32c,
  CRC64NVME: crc64nvme,
  SHA1: undefined,
  SHA256: undefined,
};

/** What an upload gets that declares an algorithm but no type. */
export function defaultChecksumType(algorithm: ChecksumAlgorithm): ChecksumType {
  return algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
}

/** Hashes cannot be combined, and CRC64NVME is never composite. */
export function isChecksumTypeFor(type: ChecksumType, algorithm: ChecksumAlgorithm): boolean {
  return type === 'COMPOSITE' ? algorithm !== 'CRC64NVME' : redundancyOf[algorithm] !== undefined;
}

/**
 * The checksum of a completed upload, from those of its parts; undefined where a part has none.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function multipartChecksum(
  algorithm: ChecksumAlgorithm,
  type: ChecksumType,
  parts: readonly UploadedPart[],
): Checksum | undefined {
  const checksums: Buffer[] = [];
  for (const { checksum } of parts) {
    if (checksum === undefined) return undefined;
    checksums.push(Buffer.from(checksum, 'base64'));
  }
  const crc = redundancyOf[algorithm];
  if (type === 'COMPOSITE') {
    const value = `${digestOf(algorithm, Buffer.concat(checksums))}-${parts.length}`;
    return { algorithm, type, value };
  }
  if (crc === undefined) return undefined;
  const whole = checksums
    .map(bufferToCrc)
    .reduce((first, second, index) => combineCrc(crc, first, second, parts[index]?.sizeBytes ?? 0));
  return { algorithm, type, value: crcToBase64(crc, whole) };
}

export function crcToBase64(crc: CyclicRedundancy, value: bigint): string {
  return Buffer.from(value.toString(16).padStart(crc.bits / 4, '0'), 'hex').toString('base64');
}

function bufferToCrc(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function digestOf(algorithm: ChecksumAlgorithm, bytes: Buffer): string {
  const crc = redundancyOf[algorithm];
  if (crc === undefined) return hash(algorithm).update(bytes).digest('base64');
  const running = runningCrc(crc);
  running.update(bytes);
  return crcToBase64(crc, running.value());
}

function hash(algorithm: ChecksumAlgorithm): Hash {
  return createHash(algorithm === 'SHA1' ? 'sha1' : 'sha256');
}
