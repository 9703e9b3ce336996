import { readFile, rm } from 'node:fs/promises';
import {
  addTimestampMap,
  type EncodePlan,
  encodeAudioCommand,
  encodeVideoCommand,
  extractSubtitleCommand,
  type FfmpegCommand,
  type PlannedVideo,
  plannedRenditions,
  prepareAudioCommand,
  segmentDurationOf,
  subtitleFileName,
  type TrackPackagerOptions,
} from '@fyrestream/media';
import { workDelivery } from '../delivery.ts';
import type { HeldClaim } from '../hold-claim.ts';
import { receiveStream, type StreamReceiver } from '../receive-stream.ts';
import { watchForStall } from '../stall-watchdog.ts';
import { storeTrack } from '../store-track.ts';
import { type StoredUnit, storedUnitKey, trackFileKey } from '../stored-unit.ts';
import type { WorkOnJob } from '../worker.ts';

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

function encodeVideo(work: WorkOnJob, plan: EncodePlan, held: HeldClaim, sourcePath: string) {
  const { video } = plan;
  if (video === null) return [];
  const withVideo: EncodePlan & { video: PlannedVideo } = { ...plan, video };
  const tracks = plannedRenditions(plan).map(({ id }) => ({ trackId: id, kind: 'video' as const }));
  const unit = { id: held.claim.unitId, kind: 'video' as const };
  return runEncode(work, plan, held, tracks, (targetFor) =>
    encodeVideoCommand(withVideo, unit, { sourcePath, targetFor }),
  );
}

async function encodeAudio(work: WorkOnJob, plan: EncodePlan, held: HeldClaim, sourcePath: string) {
  if (plan.audio.length === 0) return [];
  const tracks = plan.audio.map(({ id, language, name }) => ({
    trackId: id,
    kind: 'audio' as const,
    language,
    name,
  }));
  const prepared = plan.audioPreparation === null ? null : await work.scratch.path('prepared', 'audio.nut');
  if (prepared !== null) {
    await work.ffmpeg.run(prepareAudioCommand(plan, { sourcePath, target: prepared }), {
      signal: held.signal,
    });
  }
  const encoded = await runEncode(work, plan, held, tracks, (targetFor) =>
    encodeAudioCommand(plan, { sourcePath: prepared ?? sourcePath, targetFor }),
  );
  if (prepared !== null) await rm(prepared);
  return encoded;
}

async function runEncode(
  work: WorkOnJob,
  plan: EncodePlan,
  held: HeldClaim,
  tracks: Omit<TrackPackagerOptions, 'segmentDurationSeconds'>[],
  commandFor: (targetFor: (trackId: string) => string) => FfmpegCommand,
) {
  const watchdog = watchForStall();
  const failure = new AbortController();
  const signal = AbortSignal.any([held.signal, watchdog.signal, failure.signal]);
  const receivers = new Map<string, StreamReceiver>();
  const close = () => receivers.forEach((receiver) => void receiver.close());
  try {
    for (const { trackId } of tracks) {
      receivers.set(trackId, await receiveStream(work.scratch.socketPath(trackId), watchdog.feed));
    }
    const storing = tracks.map((track, index) =>
      storeTrack(work, held.claim, {
        options: { ...track, segmentDurationSeconds: segmentDurationOf(plan) },
        chunks: receivers.get(track.trackId)?.chunks() ?? [],
        // One track stands for all: they are written side by side.
        onSegmentEnd: (seconds) => {
          if (index === 0 && plan.durationSeconds) held.report(seconds / plan.durationSeconds);
        },
      }).catch((error) => {
        failure.abort(error);
        throw error;
      }),
    );
    const encoding = work.ffmpeg.run(
      commandFor((trackId) => receivers.get(trackId)?.target ?? ''),
      { signal },
    );
    const [, ...results] = await Promise.allSettled([encoding.finally(close), ...storing]);
    // ffmpeg's own end says more than the broken streams that follow from it.
    await encoding;
    return results.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  } finally {
    close();
    watchdog.stop();
  }
}

async function extractSubtitles(
  work: WorkOnJob,
  plan: EncodePlan,
  { claim, signal }: HeldClaim,
  sourcePath: string,
) {
  if (plan.subtitles.length === 0) return [];
  const { scratch, store, settings, ffmpeg } = work;
  const paths = new Map<string, string>();
  for (const { id } of plan.subtitles) paths.set(id, await scratch.path('subtitles', `${id}.vtt`));
  await ffmpeg.run(extractSubtitleCommand(plan, { sourcePath, targetFor: (id) => paths.get(id) ?? '' }), {
    signal,
  });
  return Promise.all(
    plan.subtitles.map(async ({ id, language, name, isForced }) => {
      const text = addTimestampMap(await readFile(paths.get(id) ?? '', 'utf8'));
      const key = trackFileKey(claim, id, subtitleFileName);
      await store.put({ bucket: settings.outputBucket, key }, text, workDelivery);
      return { trackId: id, language, name, forced: isForced, sizeBytes: Buffer.byteLength(text) };
    }),
  );
}
