import type { LoudnessTarget } from '@fyrestream/events';
import { roundedTo } from './create-loudness-reader.ts';
import { firstCeiling, type LoudnessTreatment, treatmentWith } from './loudness-treatment.ts';
import type { MeasuredLoudness } from './measured-loudness.ts';

/** A treatment and what came out of it: before or after the encoder. */
export interface TreatmentResult {
  readonly treatment: LoudnessTreatment;
  readonly result: MeasuredLoudness;
}

/** Within what verification allows, so that a result that is taken passes. */
const maxDifferenceLu = 0.3;
/** A limiter takes loudness away, and more gain gives less of it back: more would only raise the noise. */
const maxFurtherGainDb = 12;
const peakMarginDb = 0.2;

/**
 * The treatment to try after these: the last one if its result is as aimed. Limiter and encoder change loudness and peaks by an
 * amount that depends on the sound.
 * @param last of one track
 * @param earlier what was tried of it before, in this order
 * @param isLast whether no further one is tried: then what is nearest to the target is taken, and its aim is what it reached
 */
export function nextTreatment(
  last: TreatmentResult,
  earlier: readonly TreatmentResult[],
  target: LoudnessTarget,
  { isLast }: { isLast: boolean },
): LoudnessTreatment {
  if (isAsAimed(last)) return last.treatment;
  const corrected = correct(last, earlier.at(-1), target);
  const isOver = isLast || isSameTreatment(corrected, last.treatment);
  return isOver ? nearest(last, earlier, target) : corrected;
}

/** Whether both make the same samples. */
export function isSameTreatment(left: LoudnessTreatment, right: LoudnessTreatment): boolean {
  return left.gainDb === right.gainDb && left.ceilingDbtp === right.ceilingDbtp;
}

function isAsAimed({ treatment: { aim }, result }: TreatmentResult): boolean {
  if (aim === null) return true;
  if (result.integratedLufs === null) return false;
  return Math.abs(missingLu(aim.integratedLufs, result)) <= maxDifferenceLu && excessDb(aim, result) <= 0;
}

function correct(
  last: TreatmentResult,
  before: TreatmentResult | undefined,
  target: LoudnessTarget,
): LoudnessTreatment {
  const { treatment, result } = last;
  const plainGainDb = target.targetLufs - (treatment.source.integratedLufs ?? 0);
  const gainDb = treatment.gainDb + missingLu(target.targetLufs, result) / gainEffect(before, last);
  const ceiling = treatment.ceilingDbtp ?? firstCeiling(target);
  const excess = excessDb(target, result);
  return treatmentWith(treatment, target, {
    gainDb: Math.min(gainDb, plainGainDb + maxFurtherGainDb),
    ceiling: excess > 0 ? ceiling - excess - peakMarginDb : ceiling,
  });
}

/** The lowest excess of peaks counts first, then the loudness. */
function nearest(
  last: TreatmentResult,
  earlier: readonly TreatmentResult[],
  target: LoudnessTarget,
): LoudnessTreatment {
  const excessOf = ({ result }: TreatmentResult) => Math.max(0, excessDb(target, result));
  const distanceOf = ({ result }: TreatmentResult) => Math.abs(missingLu(target.targetLufs, result));
  const best = earlier.reduce((taken, other) => {
    const order = excessOf(other) - excessOf(taken) || distanceOf(other) - distanceOf(taken);
    return order < 0 ? other : taken;
  }, last);
  const { treatment, result } = best;
  if (result.integratedLufs === null) {
    return { ...treatment, aim: null, why: `${treatment.why}; the encoder leaves nothing of this sound` };
  }
  const reached = {
    integratedLufs: result.integratedLufs,
    truePeakDbtp: Math.max(target.truePeakDbtp, result.truePeakDbtp ?? target.truePeakDbtp),
  };
  return {
    ...treatment,
    aim: reached,
    why: `${treatment.why}; this sound does not reach the target: ${reached.integratedLufs} LUFS with peaks of at most ${reached.truePeakDbtp} dBTP is nearest`,
  };
}

/** How much a decibel of gain changed the loudness: less than one where a limiter works. */
function gainEffect(before: TreatmentResult | undefined, last: TreatmentResult): number {
  if (before === undefined) return 1;
  const [from, to] = [before.result.integratedLufs, last.result.integratedLufs];
  const gained = last.treatment.gainDb - before.treatment.gainDb;
  if (from === null || to === null || Math.abs(gained) < 0.1) return 1;
  return Math.min(1, Math.max(0.25, (to - from) / gained));
}

function missingLu(targetLufs: number, { integratedLufs }: MeasuredLoudness): number {
  return integratedLufs === null ? 0 : roundedTo(targetLufs - integratedLufs, 2);
}

function excessDb({ truePeakDbtp }: Pick<LoudnessTarget, 'truePeakDbtp'>, result: MeasuredLoudness): number {
  return result.truePeakDbtp === null ? Number.NEGATIVE_INFINITY : result.truePeakDbtp - truePeakDbtp;
}
