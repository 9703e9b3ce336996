import type { LadderConfig, Trim } from '@fyrestream/events';
import type { FrameSize } from '../facts/source-facts.ts';
import { type EncodePlan, type PlannedRendition, plannedRenditions } from '../plan/encode-plan.ts';
import { planLadder } from '../plan/plan-ladder.ts';
import { deinterlaceCpuSecondsPerMegapixel, toneMapCpuSecondsPerMegapixel } from './encode-speeds.ts';
import { plannedFrameCount } from './planned-frame-count.ts';

/** The facts about a source before a worker inspects it; only its size in bytes is certain. */
export interface SourceEstimate {
  sizeBytes: number;
  durationSeconds?: number | null;
  width?: number | null;
  height?: number | null;
  /** The part of it that is published. */
  trim?: Trim | undefined;
}

/** What a job decodes and encodes, as far as it determines time, memory and disk. */
export interface EncodeWork {
  readonly sizeBytes: number;
  readonly durationSeconds: number;
  /** Null without video. */
  readonly sourceSize: FrameSize | null;
  readonly sourceFrames: number;
  /** Of each rendition. */
  readonly frames: number;
  readonly renditions: readonly Pick<PlannedRendition, 'codec' | 'speed' | 'width' | 'height'>[];
  /** In tracks of stereo: 5.1 counts as three. */
  readonly audioTracks: number;
  /** Deinterlacing and tone-mapping of one frame. */
  readonly filterCpuSecondsPerFrame: number;
  /** Of all renditions and audio tracks, at their maximum bitrates. */
  readonly outputBytes: number;
  /** Tracks of another version whose files are copied; 0 by default. */
  readonly keptTracks?: number;
  /** Of these tracks: they are read to compare their hashes; 0 by default. */
  readonly keptBytes?: number;
}

/** If the container has no duration: the bitrate of a typical upload. */
const assumedBitrateBitsPerSecond = 4_000_000;
const assumedFrameRate = 30;
const assumedSize: FrameSize = { width: 1920, height: 1080 };

/**
 * What a ladder makes of a source, before it is planned. Unknown facts are assumed to be those of a typical upload: Full HD,
 * 30 frames per second, one audio track, 4 Mb/s.
 */
export function workOfSource(source: SourceEstimate, ladderConfig: LadderConfig): EncodeWork {
  const { sizeBytes } = source;
  const sourceSeconds = source.durationSeconds ?? (sizeBytes * 8) / assumedBitrateBitsPerSecond;
  const endSeconds = Math.min(sourceSeconds, source.trim?.to ?? sourceSeconds);
  const durationSeconds = Math.max(0, endSeconds - (source.trim?.from ?? 0));
  const displaySize =
    source.width && source.height ? { width: source.width, height: source.height } : assumedSize;
  const renditions = ladderConfig.ladders.flatMap(
    (ladder) => planLadder({ displaySize, codec: null, bitrateBitsPerSecond: null }, ladder).renditions,
  );
  const bitrate = bitrateOf(renditions) + ladderConfig.audio.bitrateBitsPerSecond;
  const frames = durationSeconds * assumedFrameRate;
  return {
    ...{ sizeBytes, durationSeconds, sourceSize: displaySize, frames, renditions },
    // Files in which no position is found by its time are decoded from their beginning.
    sourceFrames: endSeconds * assumedFrameRate,
    audioTracks: 1,
    filterCpuSecondsPerFrame: 0,
    outputBytes: source.durationSeconds == null ? sizeBytes : (durationSeconds * bitrate) / 8,
  };
}

/** What a plan encodes. @param source its size, and its duration where the plan has none */
export function workOfPlan(
  plan: EncodePlan,
  source: { readonly sizeBytes: number; readonly durationSeconds?: number | null },
): EncodeWork {
  const { video, audio } = plan;
  const durationSeconds = plan.durationSeconds ?? source.durationSeconds ?? 0;
  const frames = plannedFrameCount(plan) ?? durationSeconds * assumedFrameRate;
  const renditions = plannedRenditions(plan);
  const bitrate = bitrateOf(renditions) + audio.reduce((sum, track) => sum + track.bitrateBitsPerSecond, 0);
  return {
    ...{ sizeBytes: source.sizeBytes, durationSeconds, frames, renditions },
    sourceSize: video?.displaySize ?? null,
    sourceFrames: Math.max(frames, video?.frameCounts?.source ?? 0),
    audioTracks: audio.reduce((sum, { channels }) => sum + channels, 0) / 2,
    filterCpuSecondsPerFrame: filterSeconds(plan),
    outputBytes: (durationSeconds * bitrate) / 8,
  };
}

function bitrateOf(renditions: readonly Pick<PlannedRendition, 'maximumBitrateBitsPerSecond'>[]): number {
  return renditions.reduce((sum, rendition) => sum + rendition.maximumBitrateBitsPerSecond, 0);
}

function filterSeconds({ video }: EncodePlan): number {
  if (video === null) return 0;
  const isDeinterlaced = video.filters.some(({ filter }) => filter.includes('bwdif'));
  const toneMapped = video.branches.filter(({ filters }) =>
    filters.some(({ filter }) => filter.includes('tonemap=')),
  );
  return (
    (isDeinterlaced ? megapixelsOf(video.displaySize) * deinterlaceCpuSecondsPerMegapixel : 0) +
    toneMapped.reduce(
      (sum, { renditions: [largest] }) =>
        sum + (largest ? megapixelsOf(largest) * toneMapCpuSecondsPerMegapixel : 0),
      0,
    )
  );
}

export function megapixelsOf({ width, height }: FrameSize): number {
  return (width * height) / 1e6;
}
