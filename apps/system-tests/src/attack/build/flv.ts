/** Header and the size of the tag before the first one. */
const headerBytes = 13;
const tagHeaderBytes = 11;

/** Sets the time of the second half of the tags, and later ones for the tags behind it. Source: Adobe FLV specification, E.4.1. */
export function retimeFlv(file: Uint8Array, milliseconds: number): Uint8Array {
  const copy = Buffer.from(file);
  for (let at = headerBytes; at + tagHeaderBytes < copy.length; ) {
    const isLater = at > copy.length / 2;
    const time = (copy.readUIntBE(at + 4, 3) + milliseconds) >>> 0;
    if (isLater) {
      copy.writeUIntBE(time & 0xff_ff_ff, at + 4, 3);
      copy[at + 7] = time >>> 24;
    }
    at += tagHeaderBytes + copy.readUIntBE(at + 1, 3) + 4;
  }
  return copy;
}
