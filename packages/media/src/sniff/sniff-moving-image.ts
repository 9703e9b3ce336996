/** Number of images according to the first bytes of an image file: one, several, or unknown. */
export type ImageMotion = 'still' | 'moving' | 'unknown';

/** GIF: a sequence of blocks, one per image. Source: https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
export function sniffGifMotion(bytes: Uint8Array): ImageMotion {
  let at = 13 + colourTableBytes(bytes[10]);
  for (let pictures = 0; at < bytes.length; ) {
    const block = bytes[at];
    if (block === 0x3b) return pictures > 1 ? 'moving' : 'still';
    if (block === 0x2c) {
      pictures += 1;
      if (pictures > 1) return 'moving';
      at += 11 + colourTableBytes(bytes[at + 9]);
    } else if (block === 0x21) at += 2;
    else return 'unknown';
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  return 'unknown';
}

function colourTableBytes(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** APNG: its control chunk precedes the first image data. Source: W3C PNG, 11.3.6.1 */
export function sniffPngMotion(bytes: Uint8Array): ImageMotion {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const name = wordAt(bytes, at + 4);
    if (name === 'acTL') return view.getUint32(at + 8) > 1 ? 'moving' : 'still';
    if (name === 'IDAT') return 'still';
    at += 12 + view.getUint32(at);
  }
  // Text and colour profiles of any length may precede both.
  return 'unknown';
}

/** WebP: a flag in the extended header. Source: RFC 9649, 2.7 */
export function sniffWebpMotion(bytes: Uint8Array): ImageMotion {
  const hasAnimation = wordAt(bytes, 12) === 'VP8X' && ((bytes[20] ?? 0) & 0x02) !== 0;
  return hasAnimation ? 'moving' : 'still';
}

/**
 * JPEG: checks for an image after the end of the first one. A camera's photo has Exif data and may have further images
 * that are not a video.
 */
export function sniffJpegMotion(bytes: Uint8Array): ImageMotion {
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) {
      at += 1;
      continue;
    }
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) return bytes[at + 2] === 0xff && bytes[at + 3] === 0xd8 ? 'moving' : 'still';
    if (marker === 0xe1 && wordAt(bytes, at + 4) === 'Exif') return 'still';
    // Stuffed bytes, fill bytes and restart markers have no length field.
    const hasLength = marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd8) && marker !== 1;
    at += hasLength ? 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) : marker === 0xff ? 1 : 2;
  }
  return 'unknown';
}

function wordAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
