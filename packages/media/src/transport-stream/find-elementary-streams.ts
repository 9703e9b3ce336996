import type { PacketLayout } from './packet-layout.ts';
import { payloadOffset } from './payload-offset.ts';
import { readProgramMap } from './read-program-map.ts';
import { createSectionReader } from './read-section.ts';

/** An audio or video stream of a transport stream, and where in the file it is. */
export interface ElementaryStream {
  readonly pid: number;
  /** Program and codec, from the program map table. */
  readonly program: number;
  readonly kind: string;
  readonly language: string | null;
  /** ISO 639 audio type: 0 for what everybody hears. */
  readonly audioType: number;
  /** The number of the transport packet in which its first PES packet begins. */
  readonly firstPacket: number;
  /** The number of the packet before which all but its last few PES packets begin. */
  readonly mostlyBeforePacket: number;
  /** Presentation times of the first and the last, in seconds of the 90 kHz clock; null where there is none. */
  readonly firstSeconds: number | null;
  readonly lastSeconds: number | null;
}

export interface ElementaryStreamFinder {
  /** Takes whole packets, in the order of the file. */
  push(packets: Uint8Array): void;
  /** Streams that hold anything, in the order of their beginning. */
  end(): { readonly packetCount: number; readonly streams: ElementaryStream[] };
}

interface Activity {
  firstPacket: number;
  /** Where the last PES packets begin, oldest first. */
  lastPackets: number[];
  firstSeconds: number | null;
  lastSeconds: number | null;
}

/** Multiplexers may write what they still hold of a stream long after it has ended: at the end of the file. */
const maxLatePesPackets = 3;

/** Walks all packets of a transport stream: program maps may change on the way. Source: ISO/IEC 13818-1, 2.4. */
export function createElementaryStreamFinder({ packetBytes }: PacketLayout): ElementaryStreamFinder {
  const sections = createSectionReader();
  const mapPids = new Map<number, number>();
  const described = new Map<number, Pick<ElementaryStream, 'program' | 'kind' | 'language' | 'audioType'>>();
  const activities = new Map<number, Activity>();
  let packetCount = 0;

  function takeTables(pid: number, packet: Uint8Array): void {
    for (const section of sections.push(pid, packet)) {
      if (pid === 0) {
        for (const { program, mapPid } of programsOf(section)) mapPids.set(mapPid, program);
        continue;
      }
      const program = mapPids.get(pid) ?? 0;
      // The first description stays: later ones may have dropped the stream.
      for (const { pid: own, ...stream } of readProgramMap(section)) {
        if (!described.has(own)) described.set(own, { program, ...stream });
      }
    }
  }

  function takePes(pid: number, packet: Uint8Array): void {
    const seconds = pesSeconds(packet);
    if (seconds === undefined) return;
    const activity = activities.get(pid);
    if (activity === undefined) {
      const own = { firstPacket: packetCount, lastPackets: [packetCount] };
      activities.set(pid, { ...own, firstSeconds: seconds, lastSeconds: seconds });
      return;
    }
    activity.lastPackets = [...activity.lastPackets.slice(-maxLatePesPackets), packetCount];
    activity.lastSeconds = seconds ?? activity.lastSeconds;
  }

  return {
    push(packets) {
      for (let at = 0; at + 188 <= packets.length; at += packetBytes) {
        const pid = (((packets[at + 1] ?? 0) & 0x1f) << 8) | (packets[at + 2] ?? 0);
        const isTable = pid === 0 || mapPids.has(pid);
        const isStart = ((packets[at + 1] ?? 0) & 0x40) !== 0;
        if (isTable) takeTables(pid, packets.subarray(at, at + 188));
        else if (isStart) takePes(pid, packets.subarray(at, at + 188));
        packetCount += 1;
      }
    },
    end() {
      const streams = [...activities].flatMap(([pid, { lastPackets, ...activity }]) => {
        const description = described.get(pid);
        const [mostlyBeforePacket = 0] = lastPackets;
        return description === undefined ? [] : { pid, ...description, ...activity, mostlyBeforePacket };
      });
      return { packetCount, streams: streams.toSorted((a, b) => a.firstPacket - b.firstPacket) };
    },
  };
}

/** Source: ISO/IEC 13818-1, 2.4.4.3. */
function programsOf(section: Uint8Array): { program: number; mapPid: number }[] {
  if (section[0] !== 0) return [];
  const programs = [];
  for (let at = 8; at + 4 <= section.length - 4; at += 4) {
    const program = ((section[at] ?? 0) << 8) | (section[at + 1] ?? 0);
    const mapPid = (((section[at + 2] ?? 0) & 0x1f) << 8) | (section[at + 3] ?? 0);
    // Program 0 is the network's own table.
    if (program !== 0) programs.push({ program, mapPid });
  }
  return programs;
}

/** @returns undefined where no PES packet begins, null where it has no time. Source: ISO/IEC 13818-1, 2.4.3.6. */
function pesSeconds(packet: Uint8Array): number | null | undefined {
  const at = payloadOffset(packet);
  if (packet[at] !== 0 || packet[at + 1] !== 0 || packet[at + 2] !== 1) return undefined;
  if (((packet[at + 7] ?? 0) & 0x80) === 0) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = packet.subarray(at + 9, at + 14);
  const ticks = ((a >> 1) & 7) * 2 ** 30 + ((b << 22) | ((c >> 1) << 15) | (d << 7) | (e >> 1));
  return ticks / 90_000;
}
