import { rm } from 'node:fs/promises';
import {
  addAudioReferenceCapture,
  addVideoReferenceCapture,
  type EncodePlan,
  encodeAudioCommand,
  encodeVideoCommand,
  type PlannedVideo,
  plannedRenditions,
  prepareAudioCommand,
  type TrackManifest,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { startAudioReferenceCapture } from '../reference-capture/start-audio-reference-capture.ts';
import { startVideoReferenceCapture } from '../reference-capture/start-video-reference-capture.ts';
import { repairKeyFrames } from '../repair-key-frames.ts';
import { encodeLimits } from '../sandbox/encode-limits.ts';
import { startStallWatchdog } from '../stall-watchdog.ts';
import type { UnitContents } from '../unit-contents.ts';
import { extractSubtitles } from './extract-subtitles.ts';
import { runEncode } from './run-encode.ts';

/** Encodes all tracks of a unit with one run of ffmpeg and one decode; stores their segments while ffmpeg runs. */
export async function encodeTracks(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
): Promise<UnitContents> {
  const unit = plan.units.find((candidate) => candidate.id === claim.unitId);
  const sourcePath = await work.source.fetch(claim.signal, plan.pidMoves);
  await repairKeyFrames(sourcePath);
  if (unit?.kind === 'video')
    return { tracks: await encodeVideo(work, plan, claim, sourcePath), subtitles: [] };
  return {
    tracks: await encodeAudio(work, plan, claim, sourcePath),
    subtitles: await extractSubtitles(work, plan, claim, sourcePath),
  };
}

async function encodeVideo(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
  sourcePath: string,
): Promise<TrackManifest[]> {
  const { video } = plan;
  if (video === null) return [];
  const withVideo: EncodePlan & { video: PlannedVideo } = { ...plan, video };
  const unit = { id: claim.unitId, kind: 'video' as const };
  const watchdog = startStallWatchdog();
  const capture = await startVideoReferenceCapture(work.scratch, video, watchdog.feed);
  return runEncode(work, claim, {
    plan,
    tracks: plannedRenditions(plan).map(({ id }) => ({ trackId: id, kind: 'video' })),
    capture,
    watchdog,
    commandFor: (targetFor) =>
      addVideoReferenceCapture(
        encodeVideoCommand(withVideo, unit, { sourcePath, targetFor }),
        video,
        capture.targets,
      ),
  });
}

async function encodeAudio(
  work: JobContext,
  plan: EncodePlan,
  claim: ActiveClaim,
  sourcePath: string,
): Promise<TrackManifest[]> {
  if (plan.audio.length === 0) return [];
  const prepared = plan.audioPreparation === null ? null : await work.scratch.path('prepared', 'audio.nut');
  if (prepared !== null) {
    await work.ffmpeg.run(prepareAudioCommand(plan, { sourcePath, target: prepared }), {
      signal: claim.signal,
      limits: encodeLimits(work, plan),
    });
  }
  const watchdog = startStallWatchdog();
  const capture = await startAudioReferenceCapture(work.scratch, plan.audio, watchdog.feed);
  const tracks = await runEncode(work, claim, {
    plan,
    tracks: plan.audio.map(({ id, language, name, role }) => ({
      trackId: id,
      kind: 'audio',
      language,
      name,
      role,
    })),
    capture,
    watchdog,
    commandFor: (targetFor) => {
      const command = encodeAudioCommand(plan, { sourcePath: prepared ?? sourcePath, targetFor });
      return addAudioReferenceCapture(command, plan, capture.targets);
    },
  });
  if (prepared !== null) await rm(prepared);
  return tracks;
}
