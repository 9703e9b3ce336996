import { constants, deflateRawSync } from 'node:zlib';
import { latin1 } from './bytes.ts';

/** Deflated zeros: a kilobyte for each mebibyte. */
export function compressedZeros(mebibytes: number): Uint8Array {
  // A full flush makes the block independent of the previous ones, so it can be repeated.
  const block = deflateRawSync(Buffer.alloc(1024 ** 2), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([latin1('\x78\xda'), ...Array<Buffer>(mebibytes).fill(block)]);
}
