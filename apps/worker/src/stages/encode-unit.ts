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
import { workDelivery } from '../delivery.ts';
import type { HeldClaim } from '../hold-claim.ts';
import { captureAudio } from '../reference-capture/capture-audio.ts';
import { captureVideo } from '../reference-capture/capture-video.ts';
import { watchForStall } from '../stall-watchdog.ts';
import { type StoredUnit, storedUnitKey } from '../stored-unit.ts';
import type { WorkOnJob } from '../worker.ts';
import { extractSubtitles } from './extract-subtitles.ts';
import { runEncode } from './run-encode.ts';

/** One unit of the plan, its list of contents last. What is stored counts for nothing until the claim is finished. */
export async function encodeUnit(work: WorkOnJob, plan: EncodePlan, held: HeldClaim): Promise<void> {
  const stored = await work.stages.encodeTracks(work, plan, held);
  await work.store.put(
    { bucket: work.settings.outputBucket, key: storedUnitKey(held.claim) },
    JSON.stringify(stored),
    workDelivery,
  );
}

/** One ffmpeg, one decode, every track of the unit cut into segments and stored while it is encoded. */
export async function encodeTracks(work: WorkOnJob, plan: EncodePlan, held: HeldClaim): Promise<StoredUnit> {
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
  work: WorkOnJob,
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
  work: WorkOnJob,
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
    tracks: plan.audio.map(({ id, language, name }) => ({ trackId: id, kind: 'audio', language, name })),
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
