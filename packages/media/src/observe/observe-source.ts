import { FyrestreamError } from '@fyrestream/events';
import { createAudioFrameScan, type NonAudioBytes } from '../audio-frames/scan-audio-frames.ts';
import { requireGapCeiling } from '../ceilings/require-gap-ceiling.ts';
import { rationalValue } from '../cmaf/rational.ts';
import type { SourceFacts, VideoStream } from '../facts/source-facts.ts';
import { chooseStreams } from '../plan/choose-streams.ts';
import type { Observations } from '../plan/observations.ts';
import { mayBeInterlaced } from '../plan/plan-deinterlace.ts';
import { discontinuousDemuxers } from '../plan/plan-timeline.ts';
import { mayHaveLongGap } from './audio-gap.ts';
import { compressedAudioInPcmArguments, identifyCompressedAudioInPcm } from './compressed-audio-in-pcm.ts';
import { decodeSurveyCommand, readDecodeSurvey, type StreamSurvey } from './decode-survey.ts';
import { type InterlaceSample, interlaceSample } from './interlace-probe.ts';
import type { ObservationTools } from './observation-tools.ts';
import { observeVideo } from './observe-video.ts';
import { packetTimesArguments, readPacketTimes } from './packet-times.ts';

/**
 * Seconds of each video stream that are decoded to check whether it can be decoded; audio is decoded whole, which is
 * fast.
 */
const surveyedSeconds = 8;
/** Of a long video, if they are ordinary. */
const shortSurvey = { seconds: 3, minDurationSeconds: 24, minFramesPerSecond: 20, minFrames: 48 };

/**
 * Measures what the file's metadata does not reliably contain: which streams decode, the times of frames, interlacing.
 * @param unitSeconds the wanted length of a unit of video; a shorter video is not divided
 */
export async function observeSource(
  tools: ObservationTools,
  sourcePath: string,
  facts: SourceFacts,
  unitSeconds = Number.POSITIVE_INFINITY,
): Promise<Observations> {
  const surveys = [];
  const samples = new Map<number, string>();
  for (const stream of facts.video) {
    const { survey, sampleMessages } = await surveyVideo(tools, sourcePath, facts, stream);
    if (sampleMessages !== null) samples.set(stream.index, sampleMessages);
    surveys.push(survey);
  }
  for (const { index } of facts.audio) {
    const extent = { streamIndex: index, seconds: null };
    const stderr = await tools.run(
      decodeSurveyCommand(sourcePath, facts.demuxer, extent, facts.leadingBytes),
    );
    const survey = readDecodeSurvey(stderr, extent);
    if (mayHaveLongGap(stderr)) await requireShortGaps(tools, sourcePath, facts, index);
    surveys.push({ ...survey, carries: await findBursts(tools, sourcePath, facts, survey) });
  }
  const strayBytes = await findStrayBytes(tools, facts);
  const { video } = chooseStreams(facts, surveys);
  if (video === null) return { surveys, strayBytes };
  const survey = surveys.find(({ streamIndex }) => streamIndex === video.index);
  const sampleMessages = samples.get(video.index) ?? null;
  const observed = await observeVideo(tools, sourcePath, facts, {
    ...{ video, survey, sampleMessages, unitSeconds },
  });
  return { surveys, strayBytes, ...observed };
}

/** Also looks for combing in the frames that it decodes, unless the file says that the stream is too fast for it. */
async function surveyVideo(
  tools: ObservationTools,
  sourcePath: string,
  facts: SourceFacts,
  stream: VideoStream,
): Promise<{ survey: StreamSurvey; sampleMessages: string | null }> {
  const surveyed = async (seconds: number, sample: InterlaceSample | null) => {
    const extent = { streamIndex: stream.index, seconds, sample };
    const messages = await tools.run(
      decodeSurveyCommand(sourcePath, facts.demuxer, extent, facts.leadingBytes),
    );
    const sampleMessages = sample === null ? null : messages;
    return { survey: readDecodeSurvey(messages, extent), sampleMessages };
  };
  const rate = stream.averageFrameRate ?? stream.baseFrameRate;
  const isSampled = !stream.isAttachedPicture && (rate === null || mayBeInterlaced(stream, rate));
  const sample = isSampled ? interlaceSample(facts, stream) : null;
  if (rate !== null && isLong(facts) && rationalValue(rate) >= shortSurvey.minFramesPerSecond) {
    const found = await surveyed(shortSurvey.seconds, sample);
    if (isOrdinary(found.survey)) return found;
  }
  const found = await surveyed(surveyedSeconds, sample);
  // With a sample, the filter may have failed.
  return found.survey.decodedFrames > 0 || sample === null ? found : await surveyed(surveyedSeconds, null);
}

/** Nothing that more seconds would show better: errors, a late beginning, a cover, fields with packets of their own. */
function isOrdinary(survey: StreamSurvey): boolean {
  const { decodedFrames, readPackets, warnings, openingWarnings, corruptFrames } = survey;
  const isClean = warnings + openingWarnings + corruptFrames === 0;
  return isClean && decodedFrames >= shortSurvey.minFrames && readPackets < 1.1 * decodedFrames;
}

function isLong({ durationSeconds }: SourceFacts): boolean {
  return durationSeconds !== null && durationSeconds > shortSurvey.minDurationSeconds;
}

/** Compressed audio in the samples of PCM. */
async function findBursts(
  tools: ObservationTools,
  sourcePath: string,
  facts: SourceFacts,
  { streamIndex, decodedSeconds }: StreamSurvey,
): Promise<string | null> {
  const stream = facts.audio.find(({ index }) => index === streamIndex);
  const argv = stream && compressedAudioInPcmArguments(sourcePath, facts.demuxer, stream, decodedSeconds);
  if (!stream || argv === null || argv === undefined) return null;
  try {
    return identifyCompressedAudioInPcm(await tools.probe(argv), stream);
  } catch (error) {
    // It cannot seek, for example because the stream has no packets.
    if (error instanceof FyrestreamError && error.code === 'ffprobe-failed') return null;
    throw error;
  }
}

/** The times of audio packets are read only if the survey shows that some are far apart. */
async function requireShortGaps(
  tools: ObservationTools,
  sourcePath: string,
  { demuxer }: SourceFacts,
  streamIndex: number,
): Promise<void> {
  if (discontinuousDemuxers.has(demuxer)) return;
  const { runs } = readPacketTimes(await tools.probe(packetTimesArguments(sourcePath, demuxer, streamIndex)));
  requireGapCeiling(runs);
}

/** For audio without a container: decoders skip bytes that are no audio without a message. */
async function findStrayBytes(tools: ObservationTools, { demuxer }: SourceFacts): Promise<NonAudioBytes[]> {
  if (demuxer !== 'mp3' && demuxer !== 'aac') return [];
  const scan = createAudioFrameScan();
  for await (const chunk of tools.bytes()) scan.push(chunk);
  return scan.end().strayBytes;
}
