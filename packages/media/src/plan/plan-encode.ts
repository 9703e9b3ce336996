import { audioUnitId, type LadderConfig, type LeftOut } from '@fyrestream/events';
import { requirePlanCeilings } from '../ceilings/require-plan-ceilings.ts';
import { planChapters } from '../chapters/plan-chapters.ts';
import { rationalValue } from '../cmaf/rational.ts';
import type { SourceFacts } from '../facts/source-facts.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import { plannedFrameCount } from '../size/planned-frame-count.ts';
import { type ChosenStreams, chooseStreams } from './choose-streams.ts';
import type { EncodePlan } from './encode-plan.ts';
import { leftOutOfFile } from './left-out-of-file.ts';
import { leftOutOfScan } from './left-out-of-scan.ts';
import type { Observations } from './observations.ts';
import { planAudio } from './plan-audio.ts';
import { planSubtitles } from './plan-subtitles.ts';
import { planTimeline } from './plan-timeline.ts';
import { planVideo } from './plan-video.ts';
import { planVideoUnits, unitSecondsFor } from './plan-video-units.ts';

/** Three key frame intervals. */
const segmentSeconds = 6;

export interface PlanOptions {
  /** The wanted length of a unit of video; one unit without it. */
  readonly unitSeconds?: number;
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
  { unitSeconds = Number.POSITIVE_INFINITY }: PlanOptions = {},
): EncodePlan {
  const chosen = chooseStreams(facts, observations.surveys ?? []);
  const timeline = planTimeline(facts, chosen, observations);
  const video = chosen.video ? planVideo(chosen.video, facts, observations, ladderConfig, timeline) : null;
  const planned = planAudio(chosen.audio, observations.surveys ?? [], ladderConfig.audio);
  const { audio, audioPreparation } = planned;
  const subtitles = planSubtitles(chosen.subtitles);
  const durationSeconds = planDuration(facts, chosen, observations.surveys ?? []);
  const chapters = planChapters(facts, timeline.zeroSeconds, durationSeconds);
  const withoutUnits = {
    version: 1 as const,
    demuxer: facts.demuxer,
    leadingBytes: facts.leadingBytes,
    pidMoves: facts.pidMoves,
    durationSeconds,
    segmentSeconds,
    timeline,
    outputs: ladderConfig.outputs,
    video,
    audio,
    audioPreparation,
    loudness: ladderConfig.audio.loudness === 'off' ? null : ladderConfig.audio.loudness,
    subtitles: subtitles.tracks,
    captionFiles: [],
    chapters: chapters.chapters,
    leftOut: [
      ...chosen.leftOut,
      ...planned.leftOut,
      ...subtitles.leftOut,
      ...leftOutOfFile(facts, chosen.video),
      ...chapters.leftOut,
      ...strayBytes(observations),
      ...leftOutOfScan(observations.scan ?? {}, facts.sizeBytes),
    ].toSorted((left, right) => streamOrder(left) - streamOrder(right)),
  };
  const divided = video
    ? planVideoUnits({ ...withoutUnits, video }, observations, unitSecondsFor(observations, unitSeconds))
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
  const isLie = shownSeconds * shownShare - shownMarginSeconds > (plan.durationSeconds ?? 0);
  return isLie ? { ...plan, durationSeconds: shownSeconds } : plan;
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
