import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Crc32c, Crc64Nvme } from '@aws-sdk/checksums/crc';
import type { ChecksumAlgorithm } from './checksum.ts';

/** A checksum that is computed while the data streams past. */
export interface RunningChecksum {
  readonly update: (data: Uint8Array) => void;
  /** Call it once, after the last update. */
  readonly base64: () => Promise<string>;
}

/** CRC32 and the hashes are native code of Node; CRC32C and CRC64NVME come from the AWS SDK. */
export function createChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  switch (algorithm) {
    case 'CRC32':
      return createCrc32();
    case 'CRC32C':
      return encodeDigest(new Crc32c());
    case 'CRC64NVME':
      return encodeDigest(new Crc64Nvme());
    case 'SHA1':
    case 'SHA256': {
      const hash = createHash(algorithm.toLowerCase());
      return { update: (data) => hash.update(data), base64: async () => hash.digest('base64') };
    }
  }
}

function createCrc32(): RunningChecksum {
  let value = 0;
  return {
    update: (data) => {
      value = crc32(data, value);
    },
    base64: async () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString('base64');
    },
  };
}

function encodeDigest(checksum: Crc32c | Crc64Nvme): RunningChecksum {
  return {
    update: (data) => checksum.update(data),
    base64: async () => Buffer.from(await checksum.digest()).toString('base64'),
  };
}
