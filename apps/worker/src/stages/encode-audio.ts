import { rm } from 'node:fs/promises';
import {
  addAudioReferenceCapture,
  type EncodePlan,
  encodeAudioCommand,
  prepareAudioCommand,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { startAudioReferenceCapture } from '../reference-capture/start-audio-reference-capture.ts';
import { encodeLimits } from '../sandbox/encode-limits.ts';
import { startStallWatchdog } from '../stall-watchdog.ts';
import type { UnitContents } from '../unit-contents.ts';
import { normaliseLoudness } from './normalise-loudness.ts';
import { type FinishedEncode, runEncode } from './run-encode.ts';

/** Encodes all audio tracks, each with the gain that its loudness needs. */
export async function encodeAudio(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
  uploadPath: string,
): Promise<Omit<UnitContents, 'subtitles'>> {
  if (plan.audio.length === 0) return { tracks: [] };
  const prepared = plan.audioPreparation === null ? null : await work.scratch.path('prepared', 'audio.nut');
  if (prepared !== null) {
    await work.ffmpeg.run(prepareAudioCommand(plan, { sourcePath: uploadPath, target: prepared }), {
      signal: claim.signal,
      limits: encodeLimits(work, plan),
    });
  }
  const sourcePath = prepared ?? uploadPath;
  const { encoded, loudness } = await normaliseLoudness(work, plan, claim, {
    sourcePath,
    encode: (treatedPlan) => encodeOnce(work, treatedPlan, claim, sourcePath),
  });
  if (prepared !== null) await rm(prepared);
  return { tracks: encoded.tracks, fileHashes: encoded.fileHashes, loudness: [...loudness] };
}

async function encodeOnce(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
  sourcePath: string,
): Promise<FinishedEncode> {
  const watchdog = startStallWatchdog();
  const capture = await startAudioReferenceCapture(work.scratch, plan.audio, watchdog.feed);
  return runEncode(work, claim, {
    plan,
    range: null,
    durationSeconds: plan.durationSeconds,
    tracks: plan.audio.map(({ id, language, name, role }) => ({
      trackId: id,
      kind: 'audio',
      language,
      name,
      role,
    })),
    capture,
    watchdog,
    commandFor: (targetFor) =>
      addAudioReferenceCapture(encodeAudioCommand(plan, { sourcePath, targetFor }), plan, capture.targets),
  });
}
