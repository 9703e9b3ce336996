import { type Rational, rationalValue } from '../cmaf/rational.ts';
import type { VideoStream } from '../facts/source-facts.ts';
import type { InterlaceObservation } from '../observe/interlace-probe.ts';
import type { PlannedFilter } from './encode-plan.ts';

/** Minimum share of the frames that idet classified: below, the flag is wrong or a few combed frames are mixed in. */
const interlacedShare = 0.25;
/** With fewer classified frames (stills, plain colours) the flag decides. */
const minDecisiveFrames = 10;

/**
 * Interlaced systems have at most this frame rate; faster video that scrolls by one line per frame only looks combed.
 */
const fastestInterlaced = 30.5;

/** Image formats: dithering looks like combing. */
const codecsWithoutFields = new Set(['gif', 'apng']);

/** Whether combing is looked for: where it is not, no measurement is needed. */
export function mayBeInterlaced({ codec }: Pick<VideoStream, 'codec'>, frameRate: Rational): boolean {
  return rationalValue(frameRate) <= fastestInterlaced && !codecsWithoutFields.has(codec ?? '');
}

/**
 * The measurement decides; the flag decides only if the measurement has no result. bwdif outputs one frame per frame,
 * so the frame rate does not change. Telecined film counts as interlaced: its combed frames are repaired, its rate of
 * 29.97 is kept.
 */
export function planDeinterlace(
  stream: VideoStream,
  observation: InterlaceObservation | null,
  frameRate: Rational,
): PlannedFilter[] {
  if (!mayBeInterlaced(stream, frameRate)) return [];
  const interlaced = observation ? observation.topFirstFrames + observation.bottomFirstFrames : 0;
  const decisive = observation ? interlaced + observation.progressiveFrames : 0;
  if (observation && decisive >= minDecisiveFrames) {
    if (interlaced / decisive < interlacedShare) return [];
    const parity = observation.topFirstFrames >= observation.bottomFirstFrames ? 'tff' : 'bff';
    const share = Math.round((100 * interlaced) / decisive);
    return [
      {
        filter: `bwdif=mode=send_frame:parity=${parity}:deint=all`,
        why: `${share}% of the sampled frames are combed (${parity}); the file says ${stream.fieldOrder}`,
      },
    ];
  }
  const isFlagged = stream.fieldOrder === 'top-first' || stream.fieldOrder === 'bottom-first';
  if (!isFlagged) return [];
  const why = `flagged ${stream.fieldOrder}, and the sampled frames gave no result: only flagged frames`;
  return [{ filter: 'bwdif=mode=send_frame:parity=auto:deint=interlaced', why }];
}
