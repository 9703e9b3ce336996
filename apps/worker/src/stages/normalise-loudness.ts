import { rm } from 'node:fs/promises';
import {
  type EncodePlan,
  isSameTreatment,
  type LoudnessTreatment,
  type MeasuredLoudness,
  measureFileCommand,
  measureTracksCommand,
  nextTreatment,
  type TreatmentResult,
  treatLoudness,
  withLoudness,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { encodeLimits } from '../sandbox/encode-limits.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import type { UnitContents } from '../unit-contents.ts';
import { filesOfUnit } from './gather-tracks.ts';
import { joinFiles } from './make-mp4.ts';
import { measureLoudness } from './measure-loudness.ts';
import type { FinishedEncode } from './run-encode.ts';

/** Before a limited track is encoded: measuring it takes a fifth of the time of encoding it. */
const maxTrials = 4;
/** Most sounds need one; noise and dense music, which the encoder changes, more. After these, the nearest one is made again. */
const maxEncodes = 3;

interface EncodeSteps {
  readonly sourcePath: string;
  /** Stores the tracks; those of the last call count. */
  encode(plan: EncodePlan): Promise<FinishedEncode>;
}

type Loudness = NonNullable<UnitContents['loudness']>;

/**
 * Measures the tracks of the source, decides their gains, encodes, and measures what came out. Depends only on the source, the plan
 * and ffmpeg: another worker that repeats the unit makes the same bytes.
 */
export async function normaliseLoudness(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
  { sourcePath, encode }: EncodeSteps,
): Promise<{ encoded: FinishedEncode; loudness: Loudness }> {
  const measure = (treatments: readonly LoudnessTreatment[], trackIds: readonly string[]) =>
    measureTracks(work, withLoudness(plan, treatments), claim, { sourcePath, trackIds });
  const trackIds = plan.audio.map(({ id }) => id);
  const sources = await measure([], trackIds);
  let treatments = trackIds.map((id) => treatLoudness(id, found(sources, id), plan.loudness));
  treatments = await tryLimiters(plan, treatments, measure);

  const tried = createTrials(plan);
  for (let encodes = 1; ; encodes += 1) {
    const encoded = await encode(withLoudness(plan, treatments));
    const results = await measureEncoded(work, claim, encoded);
    const next = tried.next(treatments, results, encodes >= maxEncodes);
    if (encodes > maxEncodes || areSame(treatments, next)) {
      const loudness = next.map((one) => ({ ...one, published: found(results, one.trackId) }));
      work.log.info({ unitId: claim.unitId, encodes, loudness }, 'loudness-measured');
      return { encoded, loudness };
    }
    treatments = next;
  }
}

/** Finds the gains of limited tracks, so that few encodes are needed: a limiter takes away loudness. */
async function tryLimiters(
  plan: EncodePlan,
  first: readonly LoudnessTreatment[],
  measure: (
    treatments: readonly LoudnessTreatment[],
    trackIds: readonly string[],
  ) => Promise<ReadonlyMap<string, MeasuredLoudness>>,
): Promise<LoudnessTreatment[]> {
  const tried = createTrials(plan);
  let treatments = [...first];
  let open = treatments.filter(({ ceilingDbtp }) => ceilingDbtp !== null);
  for (let trial = 1; open.length > 0 && trial <= maxTrials; trial += 1) {
    const trackIds = open.map(({ trackId }) => trackId);
    const next = tried.next(treatments, await measure(treatments, trackIds), false);
    open = next.filter((treatment, index) => !areSame([treatment], treatments.slice(index, index + 1)));
    treatments = next;
  }
  return treatments;
}

/** Remembers what was tried of each track. */
function createTrials({ loudness: target }: EncodePlan) {
  const tried = new Map<string, TreatmentResult[]>();
  return {
    /** @returns the treatments to try next: those of tracks that were not measured, or are as aimed, do not change */
    next(
      treatments: readonly LoudnessTreatment[],
      results: ReadonlyMap<string, MeasuredLoudness>,
      isLast: boolean,
    ): LoudnessTreatment[] {
      return treatments.map((treatment) => {
        const result = results.get(treatment.trackId);
        if (result === undefined || target === null) return treatment;
        const last = { treatment, result };
        const earlier = tried.get(treatment.trackId) ?? [];
        tried.set(treatment.trackId, [...earlier, last]);
        return nextTreatment(last, earlier, target, { isLast });
      });
    },
  };
}

function areSame(left: readonly LoudnessTreatment[], right: readonly LoudnessTreatment[]): boolean {
  return left.every((treatment, index) => {
    const other = right[index];
    return other !== undefined && isSameTreatment(treatment, other);
  });
}

function found(measured: ReadonlyMap<string, MeasuredLoudness>, trackId: string): MeasuredLoudness {
  return measured.get(trackId) ?? { seconds: 0, integratedLufs: null, rangeLu: null, truePeakDbtp: null };
}

function measureTracks(
  work: JobContext,
  plan: EncodePlan,
  { signal }: ActiveClaim,
  { sourcePath, trackIds }: { sourcePath: string; trackIds: readonly string[] },
): Promise<ReadonlyMap<string, MeasuredLoudness>> {
  const tracks = plan.audio.filter(({ id }) => trackIds.includes(id));
  return measureLoudness(work, {
    ...{ trackIds, signal, limits: encodeLimits(work, plan) },
    commandFor: (targetFor) => measureTracksCommand(plan, tracks, { sourcePath, targetFor }),
  });
}

async function measureEncoded(
  work: JobContext,
  claim: ActiveClaim,
  { tracks, fileHashes }: FinishedEncode,
): Promise<ReadonlyMap<string, MeasuredLoudness>> {
  const files = filesOfUnit(claim, { tracks, fileHashes, subtitles: [] });
  const results = new Map<string, MeasuredLoudness>();
  for (const { trackId } of tracks) {
    const path = await work.scratch.path('measured', `${trackId}.mp4`);
    const parts = files.filter((file) => file.trackId === trackId);
    await joinFiles(work, parts, path, claim.signal);
    const measured = await measureLoudness(work, {
      ...{ trackIds: [trackId], signal: claim.signal, limits: processLimits('finish') },
      commandFor: (targetFor) => measureFileCommand(path, targetFor(trackId)),
    });
    results.set(trackId, found(measured, trackId));
    await rm(path);
  }
  return results;
}
