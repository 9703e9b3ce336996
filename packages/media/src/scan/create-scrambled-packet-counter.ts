import type { SourceScanner } from './source-scan.ts';

const syncByte = 0x47;
const packetBytes = 188;
/**
 * The distance of sync bytes: 188, or more with a timestamp before each packet (Blu-ray) or error correction after it.
 */
const strides = [188, 192, 204];
const maxStride = 204;
/** Tables are never scrambled, and null packets have no payload. Source: ISO/IEC 13818-1, 2.4.3.3 */
const lastTablePid = 0x1f;
const nullPid = 0x1fff;

/** Counts packets with a scrambled payload. */
export function createScrambledPacketCounter(): SourceScanner {
  let rest: Uint8Array = new Uint8Array();
  let packets = 0;
  let scrambledPackets = 0;
  const count = (second = 0, third = 0, control = 0) => {
    const pid = ((second & 0x1f) << 8) | third;
    const hasPayload = (control & 0x10) !== 0;
    if (!hasPayload || pid <= lastTablePid || pid === nullPid) return;
    packets += 1;
    if ((control & 0x80) !== 0) scrambledPackets += 1;
  };
  const isSync = (bytes: Uint8Array, at: number, isLast: boolean) =>
    bytes[at] === syncByte || (isLast && at >= bytes.length);
  const read = (bytes: Uint8Array, isLast: boolean) => {
    let at = 0;
    while (at + (isLast ? packetBytes : 2 * maxStride) <= bytes.length) {
      const stride =
        bytes[at] === syncByte
          ? strides.find((candidate) => isSync(bytes, at + candidate, isLast))
          : undefined;
      if (stride !== undefined) count(bytes[at + 1], bytes[at + 2], bytes[at + 3]);
      at += stride ?? 1;
    }
    return bytes.subarray(at);
  };
  return {
    push(chunk) {
      rest = new Uint8Array(read(joined(rest, chunk), false));
      return 0;
    },
    end() {
      read(rest, true);
      return { packets, scrambledPackets };
    },
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
