import type { LoudnessTarget } from '@fyrestream/events';
import { z } from 'zod';
import { roundedTo } from './create-loudness-reader.ts';
import { type MeasuredLoudness, measuredLoudnessSchema } from './measured-loudness.ts';

/** What is done to the loudness of one track, and why. */
export const loudnessTreatmentSchema = z.strictObject({
  trackId: z.string(),
  /** The track of the source as its encoder would get it, before the gain. */
  source: measuredLoudnessSchema,
  gainDb: z.number(),
  /** Where the limiter keeps the true peaks, before the encoder; null without a limiter. */
  ceilingDbtp: z.number().nullable(),
  /** The loudness and the highest true peak that verification expects of the published track; null if it is not normalised. */
  aim: z.strictObject({ integratedLufs: z.number(), truePeakDbtp: z.number() }).nullable(),
  why: z.string(),
});
export type LoudnessTreatment = z.infer<typeof loudnessTreatmentSchema>;

/** A silent microphone has a noise of about -60 LUFS, which would become loud; speech is rarely below. */
const quietestLufs = -50;
/** What the encoder usually adds to peaks. */
const encoderHeadroomDb = 1;
/** Below this the limiter does not go. */
const lowestCeilingDbtp = -20;

/** The first treatment of a track, from the measured source alone. */
export function treatLoudness(
  trackId: string,
  source: MeasuredLoudness,
  target: LoudnessTarget | null,
): LoudnessTreatment {
  const unchanged = (why: string) => ({ trackId, source, gainDb: 0, ceilingDbtp: null, aim: null, why });
  const { integratedLufs, truePeakDbtp } = source;
  if (target === null) return unchanged('unchanged: loudness is not normalised');
  if (truePeakDbtp === null) return unchanged('unchanged: silence');
  if (integratedLufs === null) return unchanged('unchanged: too short or too quiet to have a loudness');
  if (integratedLufs < quietestLufs) {
    return unchanged(`unchanged: ${integratedLufs} LUFS is below ${quietestLufs}, which is taken for noise`);
  }
  const gainDb = target.targetLufs - integratedLufs;
  return treatmentWith({ trackId, source }, target, { gainDb, ceiling: firstCeiling(target) });
}

export function firstCeiling({ truePeakDbtp }: LoudnessTarget): number {
  return truePeakDbtp - encoderHeadroomDb;
}

/**
 * A gain alone where the peaks allow it: nothing else of the sound changes. Else a gain and a limiter that changes only the peaks.
 * @param ceiling true peak before the encoder
 */
export function treatmentWith(
  { trackId, source }: Pick<LoudnessTreatment, 'trackId' | 'source'>,
  target: LoudnessTarget,
  { gainDb, ceiling }: { gainDb: number; ceiling: number },
): LoudnessTreatment {
  const gain = roundedTo(gainDb, 2);
  const ceilingDbtp = roundedTo(Math.max(lowestCeilingDbtp, ceiling), 2);
  const peakDbtp = roundedTo((source.truePeakDbtp ?? 0) + gain, 2);
  const isLimited = peakDbtp > ceilingDbtp;
  const change = `${source.integratedLufs} LUFS and ${gain} dB`;
  return {
    ...{ trackId, source, gainDb: gain, ceilingDbtp: isLimited ? ceilingDbtp : null },
    aim: { integratedLufs: target.targetLufs, truePeakDbtp: target.truePeakDbtp },
    why: isLimited
      ? `${change}; peaks would reach ${peakDbtp} dBTP, so a limiter keeps them below ${ceilingDbtp}`
      : `${change}; peaks reach ${peakDbtp} dBTP, so no limiter is needed`,
  };
}
