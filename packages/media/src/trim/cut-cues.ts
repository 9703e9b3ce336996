import type { EncodePlan } from '../plan/encode-plan.ts';
import type { CuePacket } from '../subtitles/read-cue-packets.ts';

/** Cues of a whole video on the timeline of its trimmed output: those outside are left out, those across its end are cut there. */
export function cutCues(packets: readonly CuePacket[], trim: EncodePlan['trim']): readonly CuePacket[] {
  if (trim === null) return packets;
  const shift = Math.round(trim.shiftSeconds * 1_000);
  const end = trim.lengthSeconds === null ? Number.POSITIVE_INFINITY : Math.round(trim.lengthSeconds * 1_000);
  return packets.flatMap(({ startMilliseconds, durationMilliseconds, bytes }) => {
    const start = startMilliseconds - shift;
    const isOver = durationMilliseconds !== null && start + durationMilliseconds <= 0;
    if (isOver || start >= end) return [];
    const duration = durationMilliseconds && Math.min(durationMilliseconds, end - start);
    return [{ startMilliseconds: start, durationMilliseconds: duration, bytes }];
  });
}
