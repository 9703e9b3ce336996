import { createHash } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { FyrestreamError, progressiveFileName } from '@fyrestream/events';
import { type PacketHash, readPacketHashes, remuxCommand, type TrackManifest } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { readPieces, writeAll } from '../read-pieces.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import { fetchTrackFile, type GatheredTracks, type TrackFile } from './gather-tracks.ts';

export interface Mp4 {
  readonly fileName: string;
  readonly path: string;
  /** The file with the joined segments of the track. */
  readonly joinedPath: string;
  /** The hashes of the packets of its inputs: of the track, then of its audio track. */
  readonly segmentHashes: readonly PacketHash[];
  remove(): Promise<void>;
}

/**
 * Makes the progressive MP4 of a rendition: joins its segments, adds the audio track to a video, and remuxes them with the
 * index at the start. Nothing is encoded again.
 * @param audioPath the joined segments of the audio track; none for audio alone
 */
export async function makeMp4(
  work: JobContext,
  tracks: GatheredTracks,
  track: TrackManifest,
  audioPath: string | undefined,
  signal: AbortSignal,
): Promise<Mp4> {
  const fileName = progressiveFileName(track.trackId, track.kind);
  const path = await work.scratch.path('progressive', fileName);
  const trackPath = await joinTrack(work, tracks, track, signal);
  const streams =
    track.kind === 'video'
      ? { videoPath: trackPath, ...(audioPath && { audioPath }) }
      : { audioPath: trackPath };
  const hashes = await work.scratch.path(`segment-hashes-${track.trackId}.txt`);
  const command = remuxCommand(streams, path, hashes, tracks.presentation.title);
  await work.ffmpeg.run(command, { signal, limits: processLimits('finish') });
  return {
    fileName,
    path,
    joinedPath: trackPath,
    segmentHashes: readPacketHashes(await readFile(hashes, 'utf8')),
    async remove() {
      await Promise.all([path, hashes, trackPath].map((made) => rm(made)));
    },
  };
}

/** Joins the init segment and all segments of a track into one fragmented MP4. */
export async function joinTrack(
  work: JobContext,
  tracks: GatheredTracks,
  { trackId }: TrackManifest,
  signal: AbortSignal,
): Promise<string> {
  const path = await work.scratch.path('joined', `${trackId}.mp4`);
  await joinFiles(work, tracks.filesOf(trackId), path, signal);
  return path;
}

/**
 * Joins files of a track, in playing order.
 * @throws FyrestreamError `file-damaged` if one is not what its encode stored
 */
export async function joinFiles(
  work: JobContext,
  files: readonly TrackFile[],
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const joined = await open(target, 'w');
  try {
    for (const file of files) {
      const hash = createHash('sha256');
      for await (const piece of readPieces(await fetchTrackFile(work, file, signal))) {
        signal.throwIfAborted();
        hash.update(piece);
        await writeAll(joined, piece);
      }
      if (file.sha256 === null || file.sha256 === hash.digest('hex')) continue;
      throw new FyrestreamError({
        code: 'file-damaged',
        message: `${file.key} is not the file that was stored.`,
        retryable: true,
      });
    }
  } finally {
    await joined.close();
  }
}
