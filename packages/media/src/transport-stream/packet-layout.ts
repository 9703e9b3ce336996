/** How transport packets lie in a file. */
export interface PacketLayout {
  /** 188 (broadcast), 192 (Blu-ray, with a time before each) or 204 (with error correction). */
  readonly packetBytes: number;
  /** Where the first sync byte is. */
  readonly offsetBytes: number;
}

const sync = 0x47;
/** By accident so many bytes at the right distance are 0x47 once in 2^40. */
const packetsToBeSure = 5;

/** @param start the first bytes of a file @returns null where they are no transport stream */
export function findPacketLayout(start: Uint8Array): PacketLayout | null {
  for (const packetBytes of [188, 192, 204]) {
    for (let offsetBytes = 0; offsetBytes < packetBytes; offsetBytes++) {
      const isPacket = (_: unknown, packet: number) => start[offsetBytes + packet * packetBytes] === sync;
      if (Array.from({ length: packetsToBeSure }, isPacket).every(Boolean))
        return { packetBytes, offsetBytes };
    }
  }
  return null;
}
