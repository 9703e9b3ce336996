import { rm } from 'node:fs/promises';
import {
  captureAudioReference,
  captureVideoReference,
  type EncodePlan,
  encodeAudioCommand,
  encodeVideoCommand,
  type PlannedVideo,
  plannedRenditions,
  prepareAudioCommand,
  type TrackManifest,
} from '@fyrestream/media';
import type { HeldClaim } from '../hold-claim.ts';
import type { JobContext } from '../job-context.ts';
import { captureAudio } from '../reference-capture/capture-audio.ts';
import { captureVideo } from '../reference-capture/capture-video.ts';
import { watchForStall } from '../stall-watchdog.ts';
import type { StoredUnit } from '../stored-unit.ts';
import { extractSubtitles } from './extract-subtitles.ts';
import { runEncode } from './run-encode.ts';

/** One ffmpeg, one decode, every track of the unit cut into segments and stored while it is encoded. */
export async function encodeTracks(work: JobContext, plan: EncodePlan, held: HeldClaim): Promise<StoredUnit> {
  const unit = plan.units.find((candidate) => candidate.id === held.claim.unitId);
  const sourcePath = await work.source.fetch(held.signal);
  if (unit?.kind === 'video')
    return { tracks: await encodeVideo(work, plan, held, sourcePath), subtitles: [] };
  return {
    tracks: await encodeAudio(work, plan, held, sourcePath),
    subtitles: await extractSubtitles(work, plan, held, sourcePath),
  };
}

async function encodeVideo(
  work: JobContext,
  plan: EncodePlan,
  held: HeldClaim,
  sourcePath: string,
): Promise<TrackManifest[]> {
  const { video } = plan;
  if (video === null) return [];
  const withVideo: EncodePlan & { video: PlannedVideo } = { ...plan, video };
  const unit = { id: held.claim.unitId, kind: 'video' as const };
  const watchdog = watchForStall();
  const watch = await captureVideo(work.scratch, video, watchdog.feed);
  return runEncode(work, held, {
    plan,
    tracks: plannedRenditions(plan).map(({ id }) => ({ trackId: id, kind: 'video' })),
    watch,
    watchdog,
    commandFor: (targetFor) =>
      captureVideoReference(
        encodeVideoCommand(withVideo, unit, { sourcePath, targetFor }),
        video,
        watch.targets,
      ),
  });
}

async function encodeAudio(
  work: JobContext,
  plan: EncodePlan,
  held: HeldClaim,
  sourcePath: string,
): Promise<TrackManifest[]> {
  if (plan.audio.length === 0) return [];
  const prepared = plan.audioPreparation === null ? null : await work.scratch.path('prepared', 'audio.nut');
  if (prepared !== null) {
    await work.ffmpeg.run(prepareAudioCommand(plan, { sourcePath, target: prepared }), {
      signal: held.signal,
    });
  }
  const watchdog = watchForStall();
  const watch = await captureAudio(work.scratch, plan.audio, watchdog.feed);
  const tracks = await runEncode(work, held, {
    plan,
    tracks: plan.audio.map(({ id, language, name, role }) => ({
      trackId: id,
      kind: 'audio',
      language,
      name,
      role,
    })),
    watch,
    watchdog,
    commandFor: (targetFor) => {
      const command = encodeAudioCommand(plan, { sourcePath: prepared ?? sourcePath, targetFor });
      return captureAudioReference(command, plan, watch.targets);
    },
  });
  if (prepared !== null) await rm(prepared);
  return tracks;
}
