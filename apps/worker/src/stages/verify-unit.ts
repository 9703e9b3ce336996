import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { UnitClaim } from '@fyrestream/events';
import { type Check, type EncodePlan, requirePassed } from '@fyrestream/media';
import { forEachConcurrent } from '../for-each-concurrent.ts';
import type { JobContext } from '../job-context.ts';
import { readReferenceCaptures } from '../reference-capture/read-reference-captures.ts';
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
  signal: AbortSignal,
): Promise<Check[]> {
  const stored = await readStoredUnit(work, encode);
  const capture = await readReferenceCaptures(work, stored.tracks.length > 0 ? [encode] : []);
  const files = filesOfUnit(encode, stored);
  const checks = new Map<string, Check[]>();
  await forEachConcurrent(stored.tracks, verifyConcurrency, async (track) => {
    const { trackId, kind } = track;
    const path = await work.scratch.path('verified', encode.unitId, `${trackId}.mp4`);
    const parts = files.filter((file) => file.trackId === trackId);
    await joinFiles(work, parts, path, signal);
    const audioTrackId = kind === 'audio' ? trackId : null;
    const file = { path, track, segmentHashes: null, audioTrackId, threads: 1 };
    checks.set(trackId, await verifyContent(work, { plan, capture, file, signal }));
    await rm(path);
  });
  const inOrder = stored.tracks.flatMap(({ trackId }) => checks.get(trackId) ?? []);
  requirePassed(inOrder);
  return inOrder;
}
