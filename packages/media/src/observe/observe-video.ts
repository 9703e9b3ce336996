import { FyrestreamError } from '@fyrestream/events';
import { requirePacketCeilings } from '../ceilings/require-packet-ceilings.ts';
import { readContainerCrop } from '../crop/read-container-crop.ts';
import type { SourceFacts, VideoStream } from '../facts/source-facts.ts';
import type { Observations } from '../plan/observations.ts';
import { mayBeInterlaced } from '../plan/plan-deinterlace.ts';
import { planFrameRate } from '../plan/plan-frame-rate.ts';
import { discontinuousDemuxers } from '../plan/plan-timeline.ts';
import type { StreamSurvey } from './decode-survey.ts';
import { packetsPerFrame, readFrameTiming } from './frame-timing.ts';
import { type InterlaceObservation, interlaceProbeCommand, readInterlaceProbe } from './interlace-probe.ts';
import {
  isFieldCoded,
  type KeyFrame,
  type KeyFrameSurveyExtent,
  keyFramesArguments,
  readKeyFrames,
} from './key-frames.ts';
import type { ObservationTools } from './observation-tools.ts';
import { type PacketTimes, packetTimesArguments, readPacketTimes } from './packet-times.ts';
import { hasParameterSetsAtKeyFrames, parameterSetsCommand } from './parameter-sets.ts';
import { provenKeyFrameTimes } from './proven-key-frames.ts';
import { readStreamStarts, streamStartsArguments } from './stream-starts.ts';

/** Their encoders make hidden frames that other frames refer to. */
const hidingCodecs = new Set(['vp8', 'vp9', 'av1']);

export interface SurveyedVideo {
  readonly video: VideoStream;
  readonly survey: StreamSurvey | undefined;
  /** Standard error of a survey with the `interlaceSample`; null without one. */
  readonly sampleMessages: string | null;
}

/** Measures the times of a video's frames, the properties of its key frames, and whether it is interlaced. */
export async function observeVideo(
  tools: ObservationTools,
  sourcePath: string,
  facts: SourceFacts,
  { video, survey, sampleMessages }: SurveyedVideo,
): Promise<Observations> {
  const packets = readPacketTimes(
    await tools.probe(packetTimesArguments(sourcePath, facts.demuxer, video.index)),
  );
  const clockMayJump = discontinuousDemuxers.has(facts.demuxer);
  requirePacketCeilings(packets, clockMayJump);
  const extent = surveyExtent(facts, video, packets);
  const keyFrames = await surveyKeyFrames(tools, sourcePath, facts, extent);
  const hasFieldFrames = isFieldCoded(video, keyFrames);
  const frameTiming = readFrameTiming(packets, {
    packetsPerFrame: hasFieldFrames ? 2 : packetsPerFrame(video, survey, packets.hiddenPositions),
    clockMayJump,
    mayHideFrames: hidingCodecs.has(video.codec ?? ''),
  });
  // Separately coded fields are interlaced, whatever idet finds.
  const isProbed = !hasFieldFrames && mayBeInterlaced(video, planFrameRate(video, frameTiming).rate);
  const interlace = isProbed
    ? await probeInterlacing(tools, sourcePath, facts, { video, sampleMessages, keyFrames })
    : null;
  const containerCrop = await readContainerCrop(facts, video, tools.read);
  const starts = await tools.probe(streamStartsArguments(sourcePath, facts.demuxer, facts.leadingBytes));
  return {
    ...{ frameTiming, interlace, keyFrames, containerCrop, streamStarts: readStreamStarts(starts) },
    ...(await findKeyFrameTimes(tools, sourcePath, facts, { video, packets, keyFrames, extent })),
  };
}

/** The key frames at which decoding may begin, or why it may not. */
async function findKeyFrameTimes(
  tools: ObservationTools,
  sourcePath: string,
  facts: SourceFacts,
  found: {
    video: VideoStream;
    packets: PacketTimes;
    keyFrames: KeyFrame[];
    extent: KeyFrameSurveyExtent;
  },
): Promise<Pick<Observations, 'keyFrameTimes' | 'indivisibleBecause'>> {
  const { video, packets, keyFrames, extent } = found;
  const clockMayJump = discontinuousDemuxers.has(facts.demuxer);
  // After a jump of the clock, a time may occur twice, or ffmpeg may change the times that follow.
  if (packets.runs.length !== 1 || (clockMayJump && !packets.isClockContinuous))
    return { keyFrameTimes: null, indivisibleBecause: 'its clock jumps' };
  const keyFrameTimes = provenKeyFrameTimes(packets.keyFrameTimes, keyFrames, extent);
  if (keyFrameTimes === null)
    return { keyFrameTimes, indivisibleBecause: 'frames are marked as key frames that are none' };
  const command = parameterSetsCommand(sourcePath, facts, video);
  if (command !== null && !hasParameterSetsAtKeyFrames(await tools.run(command), facts.demuxer))
    return { keyFrameTimes, indivisibleBecause: 'some of its key frames may need other parameter sets' };
  return { keyFrameTimes, indivisibleBecause: null };
}

function surveyExtent(
  { durationSeconds }: SourceFacts,
  video: VideoStream,
  { runs, keyFrameCount }: PacketTimes,
): KeyFrameSurveyExtent {
  const startSeconds = runs[0]?.[0] ?? 0;
  return {
    ...{ streamIndex: video.index, codedSize: video.codedSize, keyFrameCount },
    packetCount: runs.reduce((sum, run) => sum + run.length, 0),
    startSeconds,
    endSeconds: runs.at(-1)?.at(-1) ?? startSeconds + (durationSeconds ?? 0),
  };
}

async function probeInterlacing(
  tools: ObservationTools,
  sourcePath: string,
  facts: SourceFacts,
  {
    video,
    sampleMessages,
    keyFrames,
  }: Pick<SurveyedVideo, 'video' | 'sampleMessages'> & { keyFrames: KeyFrame[] },
): Promise<InterlaceObservation | null> {
  const isStartSampled = sampleMessages !== null;
  const command = interlaceProbeCommand(sourcePath, facts, video, { isStartSampled, keyFrames });
  const messages = command === null ? '' : await tools.run(command);
  return readInterlaceProbe(`${sampleMessages ?? ''}\n${messages}`);
}

async function surveyKeyFrames(
  tools: ObservationTools,
  sourcePath: string,
  { demuxer }: SourceFacts,
  extent: KeyFrameSurveyExtent,
): Promise<KeyFrame[]> {
  const argv = keyFramesArguments(sourcePath, demuxer, extent);
  try {
    return readKeyFrames(await tools.probe(argv));
  } catch (error) {
    // If the position cannot be decoded, the plan uses the metadata of the stream.
    if (error instanceof FyrestreamError && error.code === 'ffprobe-failed') return [];
    throw error;
  }
}
