const startOfImage = 0xffd8;
const applicationZero = 0xffe0;
const comment = 0xfffe;

/**
 * Puts the name of its version into a poster, as a comment of the JPEG. The same picture in two versions has the same
 * ETag, and a conditional write could not tell one from the other.
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf, section B.2.4.5
 */
export function addJpegComment(jpeg: Uint8Array, name: string): Uint8Array {
  const bytes = Buffer.from(jpeg);
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== startOfImage) return jpeg;
  // JFIF wants its own segment first.
  const at = bytes.readUInt16BE(2) === applicationZero ? 4 + bytes.readUInt16BE(4) : 2;
  const segment = Buffer.alloc(4 + Buffer.byteLength(name));
  segment.writeUInt16BE(comment, 0);
  segment.writeUInt16BE(segment.length - 2, 2);
  segment.write(name, 4);
  return Buffer.concat([bytes.subarray(0, at), segment, bytes.subarray(at)]);
}
