import type { SourceFacts } from '../facts/source-facts.ts';
import type { ChosenStreams } from './choose-streams.ts';
import type { EncodePlan } from './encode-plan.ts';
import { leadForFramePhase } from './lead-for-frame-phase.ts';
import type { Observations } from './observations.ts';
import { planFrameRate } from './plan-frame-rate.ts';

/**
 * If audio starts less than this before the video, the reason is encoder priming or interleaving in a transport stream:
 * the first video frame is the start. A held first frame would be visible.
 */
const minLeadSeconds = 0.05;

/**
 * Demuxers with the flag AVFMT_TS_DISCONT: see `correct_input_start_times` in ffmpeg's fftools. Versions treat it
 * differently (5.1 not together with `-itsoffset`, 7.1 in Ogg too); if the earliest stream is read, all give the same
 * result.
 */
export const discontinuousDemuxers: ReadonlySet<string> = new Set(['mpegts', 'mpeg', 'ogg']);

/**
 * The time of the source that becomes 0, the same for video, audio and subtitles, so that their offsets stay. By
 * default ffmpeg moves the earliest stream to 0.
 */
export function planTimeline(
  facts: SourceFacts,
  { video, audio }: Pick<ChosenStreams, 'video' | 'audio'>,
  { streamStarts = [], frameTiming = null }: Pick<Observations, 'streamStarts' | 'frameTiming'> = {},
): EncodePlan['timeline'] {
  const earliestAudio = Math.min(...audio.flatMap(({ startSeconds }) => startSeconds ?? []));
  const videoStartSeconds = video?.startSeconds ?? Number.POSITIVE_INFINITY;
  if (earliestAudio === Number.POSITIVE_INFINITY && videoStartSeconds === Number.POSITIVE_INFINITY) {
    return {
      streamStarts,
      zeroSeconds: 0,
      inputOffsetSeconds: 0,
      anchorStreamIndex: null,
      why: 'no stream has a start time',
    };
  }
  const isVideoFirst =
    videoStartSeconds !== Number.POSITIVE_INFINITY && earliestAudio > videoStartSeconds - minLeadSeconds;
  const firstSeconds = isVideoFirst ? videoStartSeconds : earliestAudio;
  const leadSeconds =
    video === null ? 0 : leadForFramePhase(frameTiming, planFrameRate(video, frameTiming), firstSeconds);
  const zeroSeconds = roundToMicroseconds(firstSeconds - leadSeconds);
  const earlier =
    leadSeconds === 0
      ? ''
      : `, less ${leadSeconds.toFixed(6)} s, so that each frame falls into a slot of its own`;
  return {
    streamStarts,
    zeroSeconds,
    inputOffsetSeconds: roundToMicroseconds((facts.startSeconds ?? 0) - zeroSeconds),
    anchorStreamIndex: discontinuousDemuxers.has(facts.demuxer) ? earliestOf(facts) : null,
    why: isVideoFirst
      ? `the first video frame, at ${firstSeconds} s of the source, becomes 0${earlier}`
      : `the first audio sample, at ${firstSeconds} s of the source, becomes 0${earlier}`,
  };
}

function earliestOf({ video, audio }: SourceFacts): number | null {
  const begun = [...video, ...audio].filter(({ startSeconds }) => startSeconds !== null);
  const [earliest] = begun.toSorted((one, other) => (one.startSeconds ?? 0) - (other.startSeconds ?? 0));
  return earliest?.index ?? null;
}

function roundToMicroseconds(seconds: number): number {
  // Adding 0 turns -0 into 0.
  return Math.round(seconds * 1_000_000) / 1_000_000 + 0;
}
