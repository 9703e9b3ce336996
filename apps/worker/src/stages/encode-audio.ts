import { rm } from 'node:fs/promises';
import {
  addAudioReferenceCapture,
  type EncodePlan,
  encodeAudioCommand,
  planOfAudioFile,
  planOfOwnAudio,
  prepareAudioCommand,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { createUnitCapture, type UnitCapture } from '../reference-capture/create-unit-capture.ts';
import { startAudioReferenceCapture } from '../reference-capture/start-audio-reference-capture.ts';
import { encodeLimits } from '../sandbox/encode-limits.ts';
import { startStallWatchdog } from '../stall-watchdog.ts';
import type { UnitContents } from '../unit-contents.ts';
import { fetchAudioFile } from './fetch-audio-file.ts';
import { normaliseLoudness } from './normalise-loudness.ts';
import { type FinishedEncode, runEncode } from './run-encode.ts';

interface EncodedAudio {
  readonly tracks: UnitContents['tracks'];
  readonly fileHashes: NonNullable<UnitContents['fileHashes']>;
  readonly loudness: NonNullable<UnitContents['loudness']>;
}

/** Encodes all audio tracks, those of the upload and those of the files beside it, each with the gain that its loudness needs. */
export async function encodeAudio(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
  uploadPath: string,
): Promise<Omit<UnitContents, 'subtitles'>> {
  if (plan.audio.length === 0) return { tracks: [] };
  const captures = createUnitCapture();
  const own = planOfOwnAudio(plan);
  const encoded =
    own.audio.length === 0 ? [] : [await encodeSource(work, own, claim, { path: uploadPath, captures })];
  for (const file of plan.audioFiles) {
    const planOfFile = planOfAudioFile(plan, file);
    if (planOfFile === null) continue;
    const path = await fetchAudioFile(work, file, claim.signal);
    encoded.push(await encodeSource(work, planOfFile, claim, { path, captures }));
    await rm(path);
  }
  const inOrder = <Item extends { trackId: string }>(items: Item[]) =>
    plan.audio.flatMap(({ id }) => items.filter(({ trackId }) => trackId === id));
  return {
    tracks: inOrder(encoded.flatMap(({ tracks }) => tracks)),
    fileHashes: Object.assign({}, ...encoded.map(({ fileHashes }) => fileHashes)),
    loudness: inOrder(encoded.flatMap(({ loudness }) => loudness)),
  };
}

/** Encodes the audio tracks of one file: the upload, or a file beside it. */
async function encodeSource(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
  { path: uploadPath, captures }: { path: string; captures: UnitCapture },
): Promise<EncodedAudio> {
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
    encode: (treatedPlan) => encodeOnce(work, treatedPlan, claim, { sourcePath, captures }),
  });
  if (prepared !== null) await rm(prepared);
  return { tracks: encoded.tracks, fileHashes: encoded.fileHashes, loudness: [...loudness] };
}

async function encodeOnce(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
  { sourcePath, captures }: { sourcePath: string; captures: UnitCapture },
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
    captures,
    watchdog,
    commandFor: (targetFor) =>
      addAudioReferenceCapture(encodeAudioCommand(plan, { sourcePath, targetFor }), plan, capture.targets),
  });
}
