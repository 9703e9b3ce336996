import { audioUnitId, type LadderConfig, type LeftOut, type Trim } from '@fyrestream/events';
import { requirePlanCeilings } from '../ceilings/require-plan-ceilings.ts';
import { planChapters } from '../chapters/plan-chapters.ts';
import { rationalValue } from '../cmaf/rational.ts';
import type { AudioStream, SourceFacts } from '../facts/source-facts.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import { plannedFrameCount } from '../size/planned-frame-count.ts';
import { planTrim, type TrimmedSource } from '../trim/plan-trim.ts';
import { trimAudio } from '../trim/trim-filters.ts';
import { type ChosenStreams, chooseStreams } from './choose-streams.ts';
import type { EncodePlan } from './encode-plan.ts';
import { leftOutOfFile } from './left-out-of-file.ts';
import { leftOutOfScan } from './left-out-of-scan.ts';
import type { Observations } from './observations.ts';
import { planAudio } from './plan-audio.ts';
import { planFrameRate } from './plan-frame-rate.ts';
import { planSubtitles } from './plan-subtitles.ts';
import { planTimeline } from './plan-timeline.ts';
import { planVideo } from './plan-video.ts';
import { planVideoUnits, unitSecondsFor } from './plan-video-units.ts';

/** Three key frame intervals. */
const segmentSeconds = 6;

export interface PlanOptions {
  /** The wanted length of a unit of video; one unit without it. */
  readonly unitSeconds?: number;
  /** The part of the source that is published; all of it by default. */
  readonly trim?: Trim | undefined;
}

/**
 * Makes all decisions about an encode. Pure, so that the plan can be shown before (`fyrestream plan`), stored with the
 * job and certified.
 * @throws MediaRefusal if the source cannot be encoded.
 */
export function planEncode(
  facts: SourceFacts,
  observations: Observations,
  ladderConfig: LadderConfig,
  { unitSeconds = Number.POSITIVE_INFINITY, trim }: PlanOptions = {},
): EncodePlan {
  const chosen = chooseStreams(facts, observations.surveys ?? []);
  const wholeTimeline = planTimeline(facts, chosen, observations);
  const wholeSeconds = planDuration(facts, chosen, observations.surveys ?? []);
  const trimmed =
    trim === undefined ? null : trimSource(trim, { chosen, observations, wholeTimeline, wholeSeconds });
  const { timeline } = trimmed ?? { timeline: wholeTimeline };
  const video = chosen.video
    ? planVideo(chosen.video, facts, observations, ladderConfig, timeline, trimmed)
    : null;
  const heard = audioOfTrim(chosen.audio, trimmed);
  const planned = planAudio(heard.audio, observations.surveys ?? [], ladderConfig.audio);
  const { audioPreparation } = planned;
  const audio = trimAudio(planned.audio, trimmed);
  const subtitles = planSubtitles(chosen.subtitles);
  const durationSeconds = trimmed === null ? wholeSeconds : trimmedSeconds(trimmed, wholeSeconds);
  const chapters = planChapters(facts, timeline.zeroSeconds, durationSeconds);
  const withoutUnits = {
    version: 1 as const,
    demuxer: facts.demuxer,
    leadingBytes: facts.leadingBytes,
    pidMoves: facts.pidMoves,
    durationSeconds,
    trim: trimmed?.plan ?? null,
    segmentSeconds,
    timeline,
    outputs: ladderConfig.outputs,
    encryption: ladderConfig.encryption === 'off' ? null : ladderConfig.encryption,
    video,
    audio,
    audioPreparation,
    loudness: ladderConfig.audio.loudness === 'off' ? null : ladderConfig.audio.loudness,
    subtitles: subtitles.tracks,
    captionFiles: [],
    chapters: chapters.chapters,
    audioFiles: [],
    leftOut: [
      ...chosen.leftOut,
      ...planned.leftOut,
      ...heard.leftOut,
      ...subtitles.leftOut,
      ...leftOutOfFile(facts, chosen.video),
      ...chapters.leftOut,
      ...strayBytes(observations),
      ...leftOutOfScan(observations.scan ?? {}, facts.sizeBytes),
    ].toSorted((left, right) => streamOrder(left) - streamOrder(right)),
  };
  const divided = video
    ? planVideoUnits(
        { ...withoutUnits, video },
        observations,
        unitSecondsFor(observations, unitSeconds),
        trimmed,
      )
    : { units: [], why: '' };
  const plan: EncodePlan = {
    ...withoutUnits,
    units: [
      // The audio unit also extracts the subtitles, even without audio.
      ...(audio.length + subtitles.tracks.length > 0
        ? [{ id: audioUnitId, kind: 'audio' as const, range: null }]
        : []),
      ...divided.units,
    ],
    unitsWhy: divided.why,
  };
  const shownSeconds = shownDuration(plan, observations.surveys ?? []);
  requirePlanCeilings(plan, shownSeconds);
  if (trimmed !== null) return plan;
  const isLie = shownSeconds * shownShare - shownMarginSeconds > (plan.durationSeconds ?? 0);
  return isLie ? { ...plan, durationSeconds: shownSeconds } : plan;
}

function trimSource(
  trim: Trim,
  {
    chosen,
    observations,
    wholeTimeline,
    wholeSeconds,
  }: {
    chosen: ChosenStreams;
    observations: Observations;
    wholeTimeline: EncodePlan['timeline'];
    wholeSeconds: number | null;
  },
): TrimmedSource {
  const timing = observations.frameTiming ?? null;
  return planTrim(trim, {
    timeline: wholeTimeline,
    timing,
    frameRate: chosen.video ? planFrameRate(chosen.video, timing) : null,
    durationSeconds: wholeSeconds,
  });
}

/** Without the streams that have no sound in a trimmed video. */
function audioOfTrim(
  streams: ChosenStreams['audio'],
  trimmed: TrimmedSource | null,
): { audio: ChosenStreams['audio']; leftOut: LeftOut[] } {
  if (trimmed === null) return { audio: streams, leftOut: [] };
  const { lengthSeconds, timeline } = trimmed;
  const isHeard = ({ startSeconds, durationSeconds }: AudioStream) => {
    const start = (startSeconds ?? 0) - timeline.zeroSeconds;
    const isOver = durationSeconds !== null && start + durationSeconds < minHeardSeconds;
    return !isOver && start <= (lengthSeconds ?? Number.POSITIVE_INFINITY) - minHeardSeconds;
  };
  const silent = streams.filter((stream) => !isHeard(stream));
  const why = 'it has no sound in the trimmed video';
  return {
    audio: streams.filter(isHeard),
    leftOut: silent.map(({ index }) => ({ streamIndex: index, kind: 'audio', why })),
  };
}

/** A frame of AAC. */
const minHeardSeconds = 1_024 / 48_000;

function trimmedSeconds({ lengthSeconds, plan }: TrimmedSource, wholeSeconds: number | null): number | null {
  const rest = wholeSeconds === null ? null : Math.max(0, wholeSeconds - plan.shiftSeconds);
  if (lengthSeconds === null || rest === null) return lengthSeconds ?? rest;
  return Math.min(lengthSeconds, rest);
}

function strayBytes({ strayBytes = [] }: Observations): LeftOut[] {
  return strayBytes.map(({ startBytes, endBytes }) => ({
    streamIndex: null,
    kind: 'bytes',
    why: `bytes ${startBytes} to ${endBytes} are not audio`,
  }));
}

/**
 * The decoded duration takes precedence over that of the container if the surveys decoded every chosen stream to its
 * end.
 */
function planDuration(facts: SourceFacts, chosen: ChosenStreams, surveys: StreamSurvey[]): number | null {
  const indexes = [...(chosen.video ? [chosen.video] : []), ...chosen.audio].map((stream) => stream.index);
  const own = surveys.filter((survey) => indexes.includes(survey.streamIndex));
  const isWholeSurveyed = own.length === indexes.length && own.every((survey) => survey.isWhole);
  return isWholeSurveyed ? Math.max(...own.map((survey) => survey.decodedSeconds)) : facts.durationSeconds;
}

/** Metadata that states less than this share of what the packets show is not only inaccurate. */
const shownShare = 0.9;
const shownMarginSeconds = 10;

/** The duration by packets and surveys; 0 if they show none. */
function shownDuration(plan: EncodePlan, surveys: StreamSurvey[]): number {
  const { video } = plan;
  const frames = video?.frameCounts ? (plannedFrameCount(plan) ?? 0) : 0;
  const videoSeconds = video === null ? 0 : frames / rationalValue(video.frameRate);
  const decoded = surveys
    .filter(({ streamIndex }) => plan.audio.some((track) => track.streamIndex === streamIndex))
    .map(({ decodedSeconds }) => decodedSeconds);
  return Math.max(videoSeconds, ...decoded);
}

/** Sorted by stream; entries about the whole file come last. */
function streamOrder({ streamIndex }: LeftOut): number {
  return streamIndex ?? Number.MAX_SAFE_INTEGER;
}
