import type { FrameTiming } from '../observe/frame-timing.ts';
import type { PlannedAudioTrack, PlannedFilter, PlannedVideo } from '../plan/encode-plan.ts';
import { midpoint } from '../plan/midpoint.ts';
import type { TrimmedSource } from './plan-trim.ts';

/** Behind `fps`, which drops the frames before 0 and numbers those from 0 on. */
export function trimEnd(trimmed: TrimmedSource | null): PlannedFilter[] {
  const endFrame = trimmed?.endFrame ?? null;
  if (endFrame === null) return [];
  return [{ filter: `trim=end_frame=${endFrame}`, why: 'later frames are not in the trimmed video' }];
}

/** The frames of the source that the video of a trim is made of. */
export function ownFramesOf(
  { frames, lengthSeconds, endFrame }: TrimmedSource,
  timing: FrameTiming | null,
  { zeroSeconds, fieldsPerFrame }: { zeroSeconds: number; fieldsPerFrame: number },
): PlannedVideo['ownFrames'] {
  if (timing === null || frames === null)
    return { ownFromSeconds: -0.001, ownUntilSeconds: lengthSeconds, endFrame: null };
  return {
    ownFromSeconds: midpoint(timing.times, frames.first, zeroSeconds),
    ownUntilSeconds: midpoint(timing.times, frames.end, zeroSeconds),
    endFrame: endFrame === null ? null : endFrame * fieldsPerFrame,
  };
}

/** The tracks of a trim: cut first, exact to the sample, by the times of their samples. */
export function trimAudio(tracks: PlannedAudioTrack[], trimmed: TrimmedSource | null): PlannedAudioTrack[] {
  if (trimmed === null) return tracks;
  const { lengthSeconds } = trimmed;
  const end = lengthSeconds === null ? '' : `:end=${lengthSeconds.toFixed(6)}`;
  const cut = { filter: `atrim=start=0${end}`, why: 'other audio is not in the trimmed output' };
  return tracks.map(({ preparation, ...track }) => ({
    ...track,
    filters: [cut, ...track.filters],
    preparation:
      preparation &&
      (preparation.join === null
        ? { ...preparation, filters: [cut, ...preparation.filters] }
        : { ...preparation, inputFilters: [cut, ...preparation.inputFilters] }),
  }));
}
