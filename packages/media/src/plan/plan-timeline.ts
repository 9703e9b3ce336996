import type { AudioStream, SourceFacts, VideoStream } from '../facts/source-facts.ts';
import type { EncodePlan } from './encode-plan.ts';

/**
 * Sound that begins less than this before the picture is an encoder's priming or a transport stream's
 * interleaving: the picture's first frame is the beginning. Holding it for a frame would be seen.
 */
const minLeadSeconds = 0.05;

/**
 * Demuxers with the flag AVFMT_TS_DISCONT: see `correct_input_start_times` in ffmpeg's fftools. Each version heeds it in a
 * way of its own (5.1 not beside `-itsoffset`, 7.1 in Ogg too); where the earliest stream is read all agree.
 */
export const jumpingClocks: ReadonlySet<string> = new Set(['mpegts', 'mpeg', 'ogg']);

/**
 * Which moment of the source becomes 0, the same for picture, sound and text, so that their offsets stay.
 * ffmpeg by itself moves the earliest stream to 0, be it the silence before the first sound.
 */
export function planTimeline(
  facts: SourceFacts,
  video: VideoStream | null,
  audio: AudioStream[],
): EncodePlan['timeline'] {
  const earliestAudio = Math.min(...audio.flatMap(({ startSeconds }) => startSeconds ?? []));
  const videoStartSeconds = video?.startSeconds ?? Number.POSITIVE_INFINITY;
  if (earliestAudio === Number.POSITIVE_INFINITY && videoStartSeconds === Number.POSITIVE_INFINITY) {
    return {
      zeroSeconds: 0,
      inputOffsetSeconds: 0,
      anchorStreamIndex: null,
      why: 'no stream says when it starts',
    };
  }
  const isVideoFirst =
    videoStartSeconds !== Number.POSITIVE_INFINITY && earliestAudio > videoStartSeconds - minLeadSeconds;
  const zeroSeconds = isVideoFirst ? videoStartSeconds : earliestAudio;
  return {
    zeroSeconds,
    inputOffsetSeconds: roundToMicroseconds((facts.startSeconds ?? 0) - zeroSeconds),
    anchorStreamIndex: jumpingClocks.has(facts.demuxer) ? earliestOf(facts) : null,
    why: isVideoFirst
      ? `the first picture, at ${zeroSeconds} s of the source, becomes 0`
      : `the first sound, at ${zeroSeconds} s of the source, becomes 0`,
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
