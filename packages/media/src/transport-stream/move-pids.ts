import { concatenateBytes } from '../cmaf/write-box.ts';
import type { PidMove } from './find-moved-streams.ts';
import type { PacketLayout } from './packet-layout.ts';

export interface PidMover {
  /** First pass: takes note of packets that come too late. */
  collect(packets: Uint8Array): void;
  /** Second pass: may change what it is given. @returns what is to be written, in order: in the end as much as was given */
  move(packets: Uint8Array): Uint8Array;
}

/**
 * Gives packets the number that their stream had before; both passes take whole packets in the order of the file.
 * Multiplexers may write the end of a stream after the beginning of the one that follows: such packets go before it, or time
 * would run backwards. Continuity counters go on from those before with the same gaps as they had: what was lost stays
 * visible. To be done once: what was moved looks late the second time.
 */
export function createPidMover({ packetBytes }: PacketLayout, moves: readonly PidMove[]): PidMover {
  const moveOf = new Map(moves.map((move) => [move.fromPid, move]));
  /** By the number of the packet that they go before. */
  const latePackets = new Map<number, Uint8Array[]>();
  const lastCounters = new Map<number, number>();
  const shifts = new Map<number, number>();
  let collectedCount = 0;
  let movedCount = 0;

  function missedBy(pid: number, number: number): PidMove | undefined {
    return moves.find(({ afterPid, fromPacket }) => afterPid === pid && number > fromPacket);
  }

  function renumber(packets: Uint8Array, at: number): void {
    const pid = pidOf(packets, at);
    const control = packets[at + 3] ?? 0;
    const counter = control & 0x0f;
    const target = moveOf.get(pid)?.toPid;
    if (target === undefined) {
      lastCounters.set(pid, counter);
      return;
    }
    const shift = shifts.get(pid) ?? (lastCounters.get(target) ?? counter - 1) + 1 - counter;
    shifts.set(pid, shift);
    const own = (counter + shift + 32) & 0x0f;
    lastCounters.set(target, own);
    packets[at + 1] = ((packets[at + 1] ?? 0) & 0xe0) | (target >> 8);
    packets[at + 2] = target & 0xff;
    packets[at + 3] = (control & 0xf0) | own;
  }

  return {
    collect(packets) {
      for (let at = 0; at + packetBytes <= packets.length; at += packetBytes) {
        const missed = missedBy(pidOf(packets, at), collectedCount);
        if (missed) {
          const before = latePackets.get(missed.fromPacket) ?? [];
          latePackets.set(missed.fromPacket, [...before, packets.slice(at, at + packetBytes)]);
        }
        collectedCount += 1;
      }
    },
    move(packets) {
      const parts: Uint8Array[] = [];
      for (let at = 0; at < packets.length; at += packetBytes) {
        const isWhole = at + packetBytes <= packets.length;
        parts.push(...(latePackets.get(movedCount) ?? []));
        if (!isWhole || !missedBy(pidOf(packets, at), movedCount)) {
          parts.push(packets.subarray(at, at + packetBytes));
        }
        movedCount += 1;
      }
      const written = latePackets.size === 0 ? packets : concatenateBytes(parts);
      for (let at = 0; at + 188 <= written.length; at += packetBytes) renumber(written, at);
      return written;
    },
  };
}

function pidOf(packets: Uint8Array, at: number): number {
  return (((packets[at + 1] ?? 0) & 0x1f) << 8) | (packets[at + 2] ?? 0);
}
