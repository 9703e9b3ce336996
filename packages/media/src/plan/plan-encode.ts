import { audioUnitId, type LadderPreset, type LeftOut, videoUnitId } from '@fyrestream/events';
import type { SourceFacts } from '../facts/source-facts.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import { type ChosenStreams, chooseStreams } from './choose-streams.ts';
import type { EncodePlan } from './encode-plan.ts';
import { leftOutOfFile } from './left-out-of-file.ts';
import { leftOutOfScan } from './left-out-of-scan.ts';
import type { Observations } from './observations.ts';
import { planAudio } from './plan-audio.ts';
import { planSubtitles } from './plan-subtitles.ts';
import { planTimeline } from './plan-timeline.ts';
import { planVideo } from './plan-video.ts';

/** Three key frame intervals. */
const segmentSeconds = 6;

/**
 * Makes all decisions about an encode. Pure, so that the plan can be shown before (`fyrestream plan`), stored with the
 * job and certified.
 * @throws MediaRefusal if the source cannot be encoded.
 */
export function planEncode(facts: SourceFacts, observations: Observations, preset: LadderPreset): EncodePlan {
  const chosen = chooseStreams(facts, observations.surveys ?? []);
  const timeline = planTimeline(facts, chosen.video, chosen.audio, observations.streamStarts);
  const video = chosen.video ? planVideo(chosen.video, facts, observations, preset, timeline) : null;
  const planned = planAudio(chosen.audio, observations.surveys ?? [], preset.audio);
  const { audio, audioPreparation } = planned;
  const subtitles = planSubtitles(chosen.subtitles);
  return {
    version: 1,
    demuxer: facts.demuxer,
    leadingBytes: facts.leadingBytes,
    pidMoves: facts.pidMoves,
    durationSeconds: planDuration(facts, chosen, observations.surveys ?? []),
    segmentSeconds,
    timeline,
    video,
    audio,
    audioPreparation,
    subtitles: subtitles.tracks,
    leftOut: [
      ...chosen.leftOut,
      ...planned.leftOut,
      ...subtitles.leftOut,
      ...leftOutOfFile(facts, chosen.video),
      ...strayBytes(observations),
      ...leftOutOfScan(observations.scan ?? {}, facts.sizeBytes),
    ].toSorted((left, right) => streamOrder(left) - streamOrder(right)),
    units: [
      // The audio unit also extracts the subtitles, even without audio.
      ...(audio.length + subtitles.tracks.length > 0 ? [{ id: audioUnitId, kind: 'audio' as const }] : []),
      ...(video ? [{ id: videoUnitId(1), kind: 'video' as const }] : []),
    ],
  };
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

/** Sorted by stream; entries about the whole file come last. */
function streamOrder({ streamIndex }: LeftOut): number {
  return streamIndex ?? Number.MAX_SAFE_INTEGER;
}
