import { expect, it } from 'vitest';
import { createChecksum } from './create-checksum.ts';

// The check values of the catalogue of CRCs: https://reveng.sourceforge.io/crc-catalogue/all.htm
it.each([
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
  ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
] as const)('computes %s over all pieces of a stream', async (algorithm, expected) => {
  const checksum = createChecksum(algorithm);
  for (const piece of ['1234', '', '56789']) checksum.update(Buffer.from(piece));
  expect(Buffer.from(await checksum.base64(), 'base64').toString('hex')).toBe(expected);
});
