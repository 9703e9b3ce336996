import { crc32 as nativeCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CyclicRedundancy,
  combineCrc,
  crc32,
  crc32c,
  crc64nvme,
  runningCrc,
} from './cyclic-redundancy.ts';
import { multipartChecksum } from './multipart-checksum.ts';

function compute(crc: CyclicRedundancy, ...pieces: Uint8Array[]): bigint {
  const running = runningCrc(crc);
  for (const piece of pieces) running.update(piece);
  return running.value();
}

describe('runningCrc', () => {
  // The check values of the catalogue of CRCs: https://reveng.sourceforge.io/crc-catalogue/all.htm
  it.each([
    ['CRC-32', crc32, 0xcbf43926n],
    ['CRC-32C', crc32c, 0xe3069283n],
    ['CRC-64/NVME', crc64nvme, 0xae8b14860a799888n],
  ])('computes %s', (_name, crc, check) => {
    expect(compute(crc, Buffer.from('123456789'))).toBe(check);
    expect(compute(crc, Buffer.from('1234'), Buffer.from('56789'))).toBe(check);
  });

  it('agrees with zlib', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        expect(compute(crc32, data)).toBe(BigInt(nativeCrc32(data)));
      }),
    );
  });
});

describe('combineCrc', () => {
  it.each([crc32, crc32c, crc64nvme])('gives the CRC of both texts together', (crc) => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
        const combined = combineCrc(crc, compute(crc, first), compute(crc, second), second.length);
        expect(combined).toBe(compute(crc, first, second));
      }),
    );
  });
});

describe('multipartChecksum', () => {
  const part = (checksum?: string) => ({
    partNumber: 1,
    eTag: '',
    sizeBytes: 5,
    lastModifiedMillis: 0,
    ...(checksum === undefined ? {} : { checksum }),
  });

  it('of one part is that of the part, over the whole', () => {
    expect(multipartChecksum('CRC32', 'FULL_OBJECT', [part('NhCmhg==')])?.value).toBe('NhCmhg==');
  });

  it('is composed of the parts, and says of how many', () => {
    expect(multipartChecksum('CRC32', 'COMPOSITE', [part('NhCmhg=='), part('NhCmhg==')])?.value).toMatch(
      /==-2$/,
    );
  });

  it('is missing where that of a part is, or where it cannot be combined', () => {
    expect(multipartChecksum('CRC32', 'COMPOSITE', [part()])).toBeUndefined();
    expect(multipartChecksum('SHA256', 'FULL_OBJECT', [part('AAAA')])).toBeUndefined();
  });
});
