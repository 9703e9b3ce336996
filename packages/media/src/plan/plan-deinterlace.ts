import { type Rational, rationalValue } from '../cmaf/rational.ts';
import type { VideoStream } from '../facts/source-facts.ts';
import type { InterlaceObservation } from '../observe/interlace-probe.ts';
import type { PlannedFilter } from './encode-plan.ts';

/** Of the frames that tell: below, flags lie or a few combed frames slipped in. */
const interlacedShare = 0.25;
/** With fewer frames that tell (stills, one colour) the flag decides. */
const minDecisiveFrames = 10;

/** No interlaced system shows more frames; faster pictures that scroll by a line a frame only look combed. */
const fastestInterlaced = 30.5;

/** Image formats: what looks combed is dithered. */
const codecsWithoutFields = new Set(['gif', 'apng']);

/**
 * Looking decides, the flag only where looking tells nothing. bwdif gives one frame per frame, so the
 * frame rate stays what it was. Telecined film counts as interlaced: its combed frames are repaired,
 * its 29.97 is kept.
 */
export function planDeinterlace(
  stream: VideoStream,
  observation: InterlaceObservation | null,
  frameRate: Rational,
): PlannedFilter[] {
  if (rationalValue(frameRate) > fastestInterlaced || codecsWithoutFields.has(stream.codec ?? '')) return [];
  const interlaced = observation ? observation.topFirstFrames + observation.bottomFirstFrames : 0;
  const decisive = observation ? interlaced + observation.progressiveFrames : 0;
  if (observation && decisive >= minDecisiveFrames) {
    if (interlaced / decisive < interlacedShare) return [];
    const parity = observation.topFirstFrames >= observation.bottomFirstFrames ? 'tff' : 'bff';
    const share = Math.round((100 * interlaced) / decisive);
    return [
      {
        filter: `bwdif=mode=send_frame:parity=${parity}:deint=all`,
        why: `${share}% of the frames looked at are combed (${parity}); the file says ${stream.fieldOrder}`,
      },
    ];
  }
  const isFlagged = stream.fieldOrder === 'top-first' || stream.fieldOrder === 'bottom-first';
  if (!isFlagged) return [];
  const why = `flagged ${stream.fieldOrder}, and looking at the frames told nothing: flagged frames only`;
  return [{ filter: 'bwdif=mode=send_frame:parity=auto:deint=interlaced', why }];
}
