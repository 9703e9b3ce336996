import type { EncodePlan, PlannedAudioTrack, PlannedFilter } from '../plan/encode-plan.ts';
import { primingTrim } from '../plan/plan-audio.ts';
import type { LoudnessTreatment } from './loudness-treatment.ts';

/** The plan with the filters of these treatments, after all filters that change the audio. */
export function withLoudness(plan: EncodePlan, treatments: readonly LoudnessTreatment[]): EncodePlan {
  return { ...plan, audio: plan.audio.map((track) => withTreatment(track, treatments)) };
}

function withTreatment(
  track: PlannedAudioTrack,
  treatments: readonly LoudnessTreatment[],
): PlannedAudioTrack {
  const treatment = treatments.find(({ trackId }) => trackId === track.id);
  if (treatment === undefined) return track;
  const isTrim = ({ filter }: PlannedFilter) => filter === primingTrim;
  const { filters } = track;
  return {
    ...track,
    filters: [
      ...filters.filter((filter) => !isTrim(filter)),
      ...filtersOf(treatment),
      ...filters.filter(isTrim),
    ],
  };
}

function filtersOf({ gainDb, ceilingDbtp, why }: LoudnessTreatment): PlannedFilter[] {
  const gain = `volume=${gainDb}dB:precision=float`;
  if (ceilingDbtp === null) return gainDb === 0 ? [] : [{ filter: gain, why }];
  return [{ filter: `${gain},${limiterAt(ceilingDbtp)}`, why }];
}

/**
 * At four times the sample rate the limiter also sees the peaks between samples (ITU-R BS.1770, annex 2). It is fast and does not
 * raise quiet parts (`level`): loudness changes only where peaks are.
 */
function limiterAt(ceilingDbtp: number): string {
  const limit = (10 ** (ceilingDbtp / 20)).toFixed(5);
  return `aresample=192000,alimiter=limit=${limit}:attack=5:release=50:level=false:latency=true,aresample=48000`;
}
