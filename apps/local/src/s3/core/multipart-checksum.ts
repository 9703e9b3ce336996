import type { Checksum, ChecksumAlgorithm, ChecksumType } from './checksum.ts';
import { combineCrc, isCrcAlgorithm } from './combine-crc.ts';
import { createChecksum } from './create-checksum.ts';
import type { UploadedPart } from './multipart.ts';

/** The type of an upload that declares an algorithm but no type. */
export function defaultChecksumType(algorithm: ChecksumAlgorithm): ChecksumType {
  return algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
}

/** Hashes cannot be combined, and CRC64NVME is never composite. */
export function isChecksumTypeFor(type: ChecksumType, algorithm: ChecksumAlgorithm): boolean {
  return type === 'COMPOSITE' ? algorithm !== 'CRC64NVME' : isCrcAlgorithm(algorithm);
}

/**
 * The checksum of a completed upload, from those of its parts; undefined where a part has none.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export async function multipartChecksum(
  algorithm: ChecksumAlgorithm,
  type: ChecksumType,
  parts: readonly UploadedPart[],
): Promise<Checksum | undefined> {
  const checksums: string[] = [];
  for (const { checksum } of parts) {
    if (checksum === undefined) return undefined;
    checksums.push(checksum);
  }
  if (type === 'COMPOSITE') {
    const composite = createChecksum(algorithm);
    for (const checksum of checksums) composite.update(Buffer.from(checksum, 'base64'));
    return { algorithm, type, value: `${await composite.base64()}-${parts.length}` };
  }
  if (!isCrcAlgorithm(algorithm)) return undefined;
  const value = checksums.reduce((first, second, index) =>
    combineCrc(algorithm, first, second, parts[index]?.sizeBytes ?? 0),
  );
  return { algorithm, type, value };
}
