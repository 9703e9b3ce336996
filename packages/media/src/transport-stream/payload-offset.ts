/** Where the payload of a transport packet begins: behind the header and the adaptation field. */
export function payloadOffset(packet: Uint8Array): number {
  const hasAdaptation = ((packet[3] ?? 0) & 0x20) !== 0;
  return hasAdaptation ? 5 + (packet[4] ?? 0) : 4;
}
