/** EXT-X-MEDIA-SEQUENCE of every media playlist: the number of its first segment. */
export const firstSequenceNumber = 1;

/** The initialization vector of a segment without an IV of its own: its number, as 16 bytes, big-endian. Source: RFC 8216, 5.2. */
export function segmentIv(sequenceNumber: number): Uint8Array {
  const iv = new Uint8Array(16);
  new DataView(iv.buffer).setUint32(12, sequenceNumber);
  return iv;
}
