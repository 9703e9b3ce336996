import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { UnitClaim } from '@fyrestream/events';
import { type Check, type EncodePlan, requirePassed } from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import { forEachConcurrent } from '../for-each-concurrent.ts';
import type { JobContext } from '../job-context.ts';
import { readReferenceCaptures } from '../reference-capture/read-reference-captures.ts';
import { reportVerification } from '../report-verification.ts';
import { filesOfUnit, readStoredUnit } from './gather-tracks.ts';
import { joinFiles } from './make-mp4.ts';
import { verifyContent } from './verify.ts';

/** Tracks that are decoded at the same time, each by one thread. */
const verifyConcurrency = availableParallelism();

/**
 * Decodes all tracks of a unit completely and compares them with what their encoders received.
 * @throws VerificationFailure
 */
export async function verifyUnit(
  work: JobContext,
  plan: EncodePlan,
  encode: UnitClaim,
  { signal, meter }: ActiveClaim,
): Promise<Check[]> {
  const stored = await readStoredUnit(work, encode);
  const capture = await readReferenceCaptures(work, stored.tracks.length > 0 ? [encode] : []);
  const files = filesOfUnit(encode, stored);
  const checks = new Map<string, Check[]>();
  const trackIds = stored.tracks.map(({ trackId }) => trackId);
  const onVerified = reportVerification(meter, trackIds);
  await forEachConcurrent(stored.tracks, verifyConcurrency, async (track) => {
    const { trackId, kind } = track;
    const path = await work.scratch.path('verified', encode.unitId, `${trackId}.mp4`);
    const parts = files.filter((file) => file.trackId === trackId);
    await joinFiles(work, parts, path, signal);
    const audioTrackId = kind === 'audio' ? trackId : null;
    const onDecoded = (fraction: number) => onVerified(trackId, fraction);
    const file = { path, track, segmentHashes: null, audioTrackId, threads: 1, onDecoded };
    checks.set(
      trackId,
      await verifyContent(work, { plan, capture, loudness: stored.loudness ?? [], file, signal }),
    );
    onVerified(trackId, 1);
    await rm(path);
  });
  const inOrder = stored.tracks.flatMap(({ trackId }) => checks.get(trackId) ?? []);
  requirePassed(inOrder);
  return inOrder;
}
