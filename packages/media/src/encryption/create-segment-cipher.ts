import { createCipheriv, createDecipheriv } from 'node:crypto';
import { segmentIv } from './segment-iv.ts';

/** AES-128. */
export const encryptionKeyBytes = 16;
const blockBytes = 16;
const algorithm = 'aes-128-cbc';

/**
 * Encrypts one segment, whole, with AES-128 in CBC mode and padding by PKCS #7. Source: RFC 8216, 4.3.2.4.
 * @param key 16 bytes
 * @param sequenceNumber that of the segment in its playlist
 */
export function createSegmentCipher(key: Uint8Array, sequenceNumber: number) {
  return createCipheriv(algorithm, key, segmentIv(sequenceNumber));
}

/** The reverse. Its `final` throws an Error of OpenSSL where the padding is not right: another key, or bytes that are damaged. */
export function createSegmentDecipher(key: Uint8Array, sequenceNumber: number) {
  return createDecipheriv(algorithm, key, segmentIv(sequenceNumber));
}

/** The size of an encrypted segment: there is always padding, 1 to 16 bytes. */
export function encryptedSizeBytes(sizeBytes: number): number {
  return sizeBytes + blockBytes - (sizeBytes % blockBytes);
}
