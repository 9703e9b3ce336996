import type { Pace } from './pace.ts';

/** A packet of a subtitle stream. */
export interface CuePacket {
  readonly startMilliseconds: number;
  /** Null if the container has no duration for the cue. */
  readonly durationMilliseconds: number | null;
  readonly bytes: Uint8Array;
}

/** ffmpeg writes an unlimited duration as the largest number of 32 bits. */
const maxDurationMilliseconds = 2 ** 31;

/**
 * Splits the joined payload of a stream's packets (`-f data`) by the list of the same packets (`-f framecrc`).
 * Source: https://ffmpeg.org/ffmpeg-formats.html#framecrc
 */
export async function readCuePackets(
  frameList: string,
  payload: Uint8Array,
  pace: Pace,
): Promise<CuePacket[]> {
  const [, numerator = '1', denominator = '1000'] = /^#tb 0: (\d+)\/(\d+)/m.exec(frameList) ?? [];
  const milliseconds = (ticks: number) =>
    Math.round((ticks * Number(numerator) * 1_000) / Number(denominator));
  const packets: CuePacket[] = [];
  let offset = 0;
  for (let lineStart = 0; lineStart < frameList.length; ) {
    const lineEnd = frameList.indexOf('\n', lineStart);
    const line = frameList.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
    lineStart = lineEnd === -1 ? frameList.length : lineEnd + 1;
    await pace(line.length);
    if (line.startsWith('#') || line.trim() === '') continue;
    const [, , start = Number.NaN, duration = 0, sizeBytes = 0] = line.split(',').map(Number);
    const bytes = payload.subarray(offset, offset + sizeBytes);
    offset += sizeBytes;
    if (!Number.isFinite(start)) continue;
    const durationMilliseconds = milliseconds(duration);
    packets.push({
      startMilliseconds: milliseconds(start),
      durationMilliseconds:
        durationMilliseconds > 0 && durationMilliseconds < maxDurationMilliseconds
          ? durationMilliseconds
          : null,
      bytes,
    });
  }
  return packets;
}
