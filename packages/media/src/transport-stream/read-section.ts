import { payloadOffset } from './payload-offset.ts';

/** Puts together the sections of tables, which may go over several packets. */
export interface SectionReader {
  /** @returns the sections that the packet completes, from `table_id` to the checksum */
  push(pid: number, packet: Uint8Array): Uint8Array[];
}

/** Source: ISO/IEC 13818-1, 2.4.4.1 (pointer field) and 2.4.4.10. */
export function createSectionReader(): SectionReader {
  const held = new Map<number, Uint8Array>();
  return {
    push(pid, packet) {
      let payload = packet.subarray(payloadOffset(packet));
      const isStart = ((packet[1] ?? 0) & 0x40) !== 0;
      const before = held.get(pid);
      if (!isStart && before === undefined) return [];
      // What stands before the pointer is the end of the section before.
      if (isStart) payload = payload.subarray(1 + (payload[0] ?? 0));
      let bytes = isStart || before === undefined ? payload : concatenate(before, payload);
      const sections: Uint8Array[] = [];
      for (;;) {
        const lengthBytes = 3 + ((((bytes[1] ?? 0) & 0x0f) << 8) | (bytes[2] ?? 0));
        // 0xff is stuffing to the end of the packet.
        if (bytes.length < 3 || bytes[0] === 0xff || bytes.length < lengthBytes) break;
        sections.push(bytes.slice(0, lengthBytes));
        bytes = bytes.subarray(lengthBytes);
      }
      if (bytes.length === 0 || bytes[0] === 0xff) held.delete(pid);
      else held.set(pid, bytes.slice());
      return sections;
    },
  };
}

function concatenate(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}
