const startOfImage = 0xffd8;
const applicationZero = 0xffe0;
const comment = 0xfffe;

/**
 * Adds the name of its version to a poster, as a JPEG comment. Without it the same image in two versions would have the
 * same ETag, and a conditional write could not distinguish them.
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf, section B.2.4.5
 */
export function addJpegComment(jpeg: Uint8Array, name: string): Uint8Array {
  const bytes = Buffer.from(jpeg);
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== startOfImage) return jpeg;
  // JFIF requires its own segment to be the first.
  const at = bytes.readUInt16BE(2) === applicationZero ? 4 + bytes.readUInt16BE(4) : 2;
  const segment = Buffer.alloc(4 + Buffer.byteLength(name));
  segment.writeUInt16BE(comment, 0);
  segment.writeUInt16BE(segment.length - 2, 2);
  segment.write(name, 4);
  return Buffer.concat([bytes.subarray(0, at), segment, bytes.subarray(at)]);
}
