/** The types of boxes that an ISO base media or QuickTime file may start with. */
const firstBoxes = new Set('ftyp moov mdat free skip wide pnot styp moof sidx emsg prft uuid'.split(' '));

/** Still images in the same container: HEIF, AVIF, Canon's raw images. Sequences (`avis`, `hevc`) are video. */
export const isoImageBrands = new Set(['heic', 'heix', 'heim', 'heis', 'mif1', 'avif', 'crx ']);

/** MP4, MOV, 3GP and similar files have no fixed signature, but start with a size and a box type. */
export function isIsoMedia(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  const sizeBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const name = String.fromCharCode(...bytes.subarray(4, 8));
  // 0: to the end of the file; 1: a 64-bit size follows.
  return firstBoxes.has(name) && (sizeBytes <= 1 || sizeBytes >= 8);
}
