import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSegmentCipher, createSegmentDecipher, encryptedSizeBytes } from './create-segment-cipher.ts';
import { segmentIv } from './segment-iv.ts';

const key = randomBytes(16);

function encrypt(bytes: Uint8Array, sequenceNumber: number): Buffer {
  const cipher = createSegmentCipher(key, sequenceNumber);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

function decrypt(bytes: Uint8Array, sequenceNumber: number): Buffer {
  const decipher = createSegmentDecipher(key, sequenceNumber);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

it('has the number of the segment as its IV, big-endian', () => {
  expect(Buffer.from(segmentIv(1)).toString('hex')).toBe('00000000000000000000000000000001');
  expect(Buffer.from(segmentIv(0x1_02_03_04)).toString('hex')).toBe('00000000000000000000000001020304');
});

it.each([0, 1, 15, 16, 17, 100_000])('knows the size with padding of %i bytes', (sizeBytes) => {
  const clear = randomBytes(sizeBytes);
  const encrypted = encrypt(clear, 300);
  expect(encrypted.length).toBe(encryptedSizeBytes(sizeBytes));
  expect(decrypt(encrypted, 300).equals(clear)).toBe(true);
});

it('gives something else for another segment, and cannot decrypt what is damaged', () => {
  const clear = randomBytes(1_000);
  const encrypted = encrypt(clear, 2);
  expect(decrypt(encrypted, 3).equals(clear)).toBe(false);
  expect(() => decrypt(encrypted.subarray(0, -1), 2)).toThrow();
});
