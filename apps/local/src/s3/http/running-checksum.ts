import { createHash } from 'node:crypto';
import { crc32 as nativeCrc32 } from 'node:zlib';
import type { ChecksumAlgorithm } from '../core/checksum.ts';
import { crc32, runningCrc } from '../core/cyclic-redundancy.ts';
import { crcToBase64, redundancyOf } from '../core/multipart-checksum.ts';

export interface RunningChecksum {
  readonly update: (data: Buffer) => void;
  readonly base64: () => string;
}

/** A checksum over a stream; native where Node has it (CRC32, SHA), a table otherwise. */
export function runningChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  if (algorithm === 'CRC32') return nativeChecksum();
  const crc = redundancyOf[algorithm];
  if (crc !== undefined) {
    const running = runningCrc(crc);
    return { update: running.update, base64: () => crcToBase64(crc, running.value()) };
  }
  const hash = createHash(algorithm === 'SHA1' ? 'sha1' : 'sha256');
  return { update: (data) => hash.update(data), base64: () => hash.digest('base64') };
}

function nativeChecksum(): RunningChecksum {
  let value = 0;
  return {
    update: (data) => {
      value = nativeCrc32(data, value);
    },
    base64: () => crcToBase64(crc32, BigInt(value)),
  };
}
