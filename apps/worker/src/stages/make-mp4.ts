import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { progressiveFileName } from '@fyrestream/events';
import { type PacketHash, readPacketHashes, remuxCommand, type TrackManifest } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import { fetchTrackFile, type GatheredTracks } from './gather-tracks.ts';

export interface Mp4 {
  readonly fileName: string;
  readonly path: string;
  /** The hashes of the packets of its inputs: of the track, then of its audio track. */
  readonly segmentHashes: readonly PacketHash[];
  remove(): Promise<void>;
}

/**
 * Makes the progressive MP4 of a rendition: joins its segments, adds the audio track to a video, and remuxes them with the
 * index at the start. Nothing is encoded again. Only one rendition is on the disk at a time.
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
  const trackPath = await joinTrack(work, tracks, track, signal);
  const audioPath = audio && (await joinTrack(work, tracks, audio, signal));
  const streams =
    track.kind === 'video'
      ? { videoPath: trackPath, ...(audioPath && { audioPath }) }
      : { audioPath: trackPath };
  const hashes = await work.scratch.path('segment-hashes.txt');
  await work.ffmpeg.run(remuxCommand(streams, path, hashes), { signal, limits: processLimits('finish') });
  const joinedPaths = audioPath === undefined ? [trackPath] : [trackPath, audioPath];
  return {
    fileName,
    path,
    segmentHashes: readPacketHashes(await readFile(hashes, 'utf8')),
    async remove() {
      await Promise.all([path, hashes, ...joinedPaths].map((made) => rm(made)));
    },
  };
}

/** Joins the init segment and all segments into one fragmented MP4. */
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
