import { z } from 'zod';
import type { ElementaryStream } from './find-elementary-streams.ts';

/** A stream that goes on under another number. */
export const pidMoveSchema = z.strictObject({
  /** The number that it goes on with. */
  fromPid: z.int().nonnegative(),
  /** The number that it had just before, and the one that it began with. */
  afterPid: z.int().nonnegative(),
  toPid: z.int().nonnegative(),
  /** The number of the transport packet with which it goes on. */
  fromPacket: z.int().nonnegative(),
});
export type PidMove = z.infer<typeof pidMoveSchema>;

/** Broadcasters change a stream's number where a programme begins; between both lies the time of a table's repetition. */
const maxGapSeconds = 10;
const maxOverlapSeconds = 1;
/** Where the clock jumps as well (recordings joined), the file's own order has to say it. */
const maxGapShare = 0.02;

/**
 * Finds streams that end where another of their kind begins: of the same codec, language and purpose, in the same program
 * or in one that begins when the other has ended. They are one stream, which players go on with as the program map says.
 */
export function findMovedStreams(streams: readonly ElementaryStream[], packetCount: number): PidMove[] {
  const moves = new Map<number, PidMove>();
  const isTaken = new Set<number>();
  for (const stream of streams) {
    const predecessor = streams.find(
      (other) => !isTaken.has(other.pid) && follows(stream, other, streams, packetCount),
    );
    if (predecessor === undefined) continue;
    isTaken.add(predecessor.pid);
    const toPid = moves.get(predecessor.pid)?.toPid ?? predecessor.pid;
    const { pid: fromPid, firstPacket: fromPacket } = stream;
    moves.set(fromPid, { fromPid, afterPid: predecessor.pid, toPid, fromPacket });
  }
  return [...moves.values()];
}

function follows(
  next: ElementaryStream,
  before: ElementaryStream,
  streams: readonly ElementaryStream[],
  packetCount: number,
): boolean {
  if (next.pid === before.pid || next.firstPacket <= before.mostlyBeforePacket) return false;
  if (next.kind !== before.kind || next.audioType !== before.audioType) return false;
  if (next.language !== null && before.language !== null && next.language !== before.language) return false;
  // Of a recording behind another one the clock starts anew, and its audio may begin late.
  if (next.program !== before.program) return endsBefore(before.program, next.program, streams);
  const gapSeconds = (next.firstSeconds ?? 0) - (before.lastSeconds ?? 0);
  if (gapSeconds >= -maxOverlapSeconds && gapSeconds <= maxGapSeconds) return true;
  return (next.firstPacket - before.mostlyBeforePacket) / packetCount <= maxGapShare;
}

function endsBefore(program: number, other: number, streams: readonly ElementaryStream[]): boolean {
  const own = streams.filter((stream) => stream.program === program);
  const others = streams.filter((stream) => stream.program === other);
  const end = Math.max(...own.map(({ mostlyBeforePacket }) => mostlyBeforePacket));
  return end < Math.min(...others.map(({ firstPacket }) => firstPacket));
}
