import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { progressiveFileName } from '@fyrestream/events';
import { remuxCommand, type TrackManifest } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { fetchTrackFile, type GatheredTracks } from './gather-tracks.ts';

export interface Mp4 {
  readonly fileName: string;
  readonly path: string;
  /** What it was made of: the track's own stream, then that of the sound beside it. */
  readonly joinedPaths: readonly string[];
  remove(): Promise<void>;
}

/**
 * One progressive MP4 of a rendition: its segments joined again, with the audio beside a picture, remuxed with the index
 * in front. Nothing is encoded a second time. Only one rendition lies on the disk at once.
 */
export async function makeMp4(
  work: JobContext,
  tracks: GatheredTracks,
  track: TrackManifest,
  audio: TrackManifest | undefined,
  signal: AbortSignal,
): Promise<Mp4> {
  const fileName = progressiveFileName(track.trackId, track.kind);
  const path = await work.scratch.path('progressive', fileName);
  const own = await joinTrack(work, tracks, track, signal);
  const beside = audio && (await joinTrack(work, tracks, audio, signal));
  const streams =
    track.kind === 'video' ? { videoPath: own, ...(beside && { audioPath: beside }) } : { audioPath: own };
  await work.ffmpeg.run(remuxCommand(streams, path), { signal });
  const joinedPaths = beside === undefined ? [own] : [own, beside];
  return {
    fileName,
    path,
    joinedPaths,
    async remove() {
      await Promise.all([path, ...joinedPaths].map((made) => rm(made)));
    },
  };
}

/** The init segment and all segments as one fragmented MP4. */
export async function joinTrack(
  work: JobContext,
  tracks: GatheredTracks,
  { trackId }: TrackManifest,
  signal: AbortSignal,
): Promise<string> {
  const joined = await work.scratch.path('joined', `${trackId}.mp4`);
  const parts = tracks.filesOf(trackId);
  await pipeline(async function* () {
    for (const part of parts) yield* createReadStream(await fetchTrackFile(work, part, signal));
  }, createWriteStream(joined));
  return joined;
}
