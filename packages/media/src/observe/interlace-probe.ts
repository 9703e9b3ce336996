import { z } from 'zod';
import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import { frameSizeLimit, inputOptions } from '../facts/input-options.ts';
import type { SourceFacts, VideoStream } from '../facts/source-facts.ts';
import type { KeyFrame } from './key-frames.ts';

/** Frame counts of idet over all sampled positions. */
export const interlaceObservationSchema = z.strictObject({
  topFirstFrames: z.int().nonnegative(),
  bottomFirstFrames: z.int().nonnegative(),
  progressiveFrames: z.int().nonnegative(),
  undeterminedFrames: z.int().nonnegative(),
});
export type InterlaceObservation = z.infer<typeof interlaceObservationSchema>;

/** Titles are often progressive where the programme is not: three positions, none at the end. */
const places = [0, 0.35, 0.7];
/** At 24 frames per second, nine repetitions of the pattern of telecined film. */
const secondsPerPlace = 2;
/** Of a short source, in two pieces. */
const probedSeconds = 12;
/** The survey decodes as much. */
const secondsAtStart = 8;

/** 12 s of Full HD with 60 frames per second: the frames of a larger video are fewer. */
const maxProbedPixels = 1920 * 1080 * 60 * probedSeconds;

/**
 * At idet's default threshold (1.04), fine horizontal stripes count as combing; at 1.2 they do not, and real combing
 * still does. Measured with interlaced, telecined and progressive test videos.
 */
const combingThreshold = 1.2;
const idet = `idet=intl_thres=${combingThreshold}`;

/** Containers with an index of key frames: a seek ends at one. */
const indexedDemuxers = new Set(['mov', 'matroska']);
/** Not to another part of the source. */
const maxSeekBackSeconds = 10;
/** ffmpeg seeks up to 3/23 s before the time if a container has no index by presentation time. */
const seekMarginSeconds = 0.14;

interface ProbedPlace {
  readonly startSeconds: number;
  readonly seconds: number;
  /** The end of the place before. */
  readonly earliestSeconds: number;
}

type ProbedSource = Pick<SourceFacts, 'demuxer' | 'durationSeconds' | 'startSeconds'>;
type ProbedStream = Pick<VideoStream, 'index' | 'codedSize'>;

/** The first place as part of the decode survey, which decodes its frames anyway. */
export interface InterlaceSample {
  readonly filters: string[];
  readonly frames: number;
}

export function interlaceSample({ durationSeconds }: ProbedSource, stream: ProbedStream): InterlaceSample {
  const [first] = placesOf(durationSeconds);
  return { filters: [`trim=end=${first.seconds}`, idet], frames: framesOf(first, stream) };
}

/**
 * Runs idet over a few seconds at several positions; it prints its counts to stderr at level `info`.
 * @param isStartSampled whether the survey had the `interlaceSample`
 * @returns null if nothing remains to be probed
 */
export function interlaceProbeCommand(
  sourcePath: string,
  source: ProbedSource,
  stream: ProbedStream,
  { isStartSampled, keyFrames }: { isStartSampled: boolean; keyFrames: readonly KeyFrame[] },
): FfmpegCommand | null {
  const [first, ...later] = placesOf(source.durationSeconds);
  const probed = isStartSampled ? later : [first, ...later];
  if (probed.length === 0) return null;
  return {
    logLevel: 'info',
    input: probed.map((place) => ({
      path: sourcePath,
      // Combing is not detected in rotated frames, so rotation is off.
      options: [
        ...inputOptions(source.demuxer),
        ...frameSizeLimit,
        '-noautorotate',
        ...seekOptions(place, source, keyFrames),
        '-t',
        `${place.seconds}`,
      ],
    })),
    filterGraph: probed.map((_, place) => ({
      inputs: [`${place}:${stream.index}`],
      filters: [idet],
      outputs: [`seen${place}`],
    })),
    outputs: probed.map((place, index) => ({
      target: '-',
      options: ['-map', `[seen${index}]`, '-frames:v', `${framesOf(place, stream)}`, '-f', 'null'],
    })),
  };
}

function placesOf(durationSeconds: number | null): [ProbedPlace, ...ProbedPlace[]] {
  if (durationSeconds !== null && durationSeconds > probedSeconds * 2) {
    const [first = 0, ...later] = places.map((place) => Math.floor(place * durationSeconds));
    return [
      placeAt(first, secondsPerPlace, 0),
      ...later.map((start, index) =>
        placeAt(start, secondsPerPlace, (later[index - 1] ?? first) + secondsPerPlace),
      ),
    ];
  }
  const start = placeAt(0, secondsAtStart, 0);
  if (durationSeconds !== null && durationSeconds <= secondsAtStart) return [start];
  return [start, placeAt(secondsAtStart, probedSeconds - secondsAtStart, secondsAtStart)];
}

function placeAt(startSeconds: number, seconds: number, earliestSeconds: number): ProbedPlace {
  return { startSeconds, seconds, earliestSeconds };
}

function framesOf({ seconds }: ProbedPlace, { codedSize }: ProbedStream): number {
  const pixels = Math.max(1, codedSize.width * codedSize.height);
  return Math.max(1, Math.floor((maxProbedPixels * seconds) / probedSeconds / pixels));
}

/** To the key frame before the place where that is near: ffmpeg decodes from there and would discard the frames. */
function seekOptions(
  { startSeconds, earliestSeconds }: ProbedPlace,
  { demuxer, startSeconds: zeroSeconds }: ProbedSource,
  keyFrames: readonly KeyFrame[],
): string[] {
  if (startSeconds === 0) return [];
  const times = keyFrames.map(({ seconds }) => (seconds ?? Number.NaN) - (zeroSeconds ?? 0));
  const earliest = Math.max(earliestSeconds, startSeconds - maxSeekBackSeconds);
  const isNear = (time: number) => time <= startSeconds && time >= earliest;
  const key = indexedDemuxers.has(demuxer) ? times.findLast(isNear) : undefined;
  const target = key === undefined ? startSeconds : Math.min(startSeconds, key + seekMarginSeconds);
  return ['-ss', `${Number(target.toFixed(3))}`];
}

/** Adds the counts of all idet filters of the command; null if none printed any. */
export function readInterlaceProbe(stderr: string): InterlaceObservation | null {
  const sums = { topFirstFrames: 0, bottomFirstFrames: 0, progressiveFrames: 0, undeterminedFrames: 0 };
  const line = /Multi frame detection: TFF:\s*(\d+) BFF:\s*(\d+) Progressive:\s*(\d+) Undetermined:\s*(\d+)/g;
  let isObserved = false;
  for (const [, top, bottom, progressive, undetermined] of stderr.matchAll(line)) {
    isObserved = true;
    sums.topFirstFrames += Number(top);
    sums.bottomFirstFrames += Number(bottom);
    sums.progressiveFrames += Number(progressive);
    sums.undeterminedFrames += Number(undetermined);
  }
  return isObserved ? sums : null;
}
