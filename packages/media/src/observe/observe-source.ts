import { FyrestreamError } from '@fyrestream/events';
import { createAudioFrameScan, type NonAudioBytes } from '../audio-frames/scan-audio-frames.ts';
import { requireGapCeiling } from '../ceilings/require-gap-ceiling.ts';
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

/**
 * Measures what the file's metadata does not reliably contain: which streams decode, the times of frames, interlacing.
 */
export async function observeSource(
  tools: ObservationTools,
  sourcePath: string,
  facts: SourceFacts,
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
  const observed = await observeVideo(tools, sourcePath, facts, { video, survey, sampleMessages });
  return { surveys, strayBytes, ...observed };
}

/** Also looks for combing in the frames that it decodes, unless the file says that the stream is too fast for it. */
async function surveyVideo(
  tools: ObservationTools,
  sourcePath: string,
  facts: SourceFacts,
  stream: VideoStream,
): Promise<{ survey: StreamSurvey; sampleMessages: string | null }> {
  const extent = { streamIndex: stream.index, seconds: surveyedSeconds };
  const surveyed = async (sample: InterlaceSample | null) =>
    tools.run(decodeSurveyCommand(sourcePath, facts.demuxer, { ...extent, sample }, facts.leadingBytes));
  const rate = stream.averageFrameRate ?? stream.baseFrameRate;
  if (!stream.isAttachedPicture && (rate === null || mayBeInterlaced(stream, rate))) {
    const sampleMessages = await surveyed(interlaceSample(facts, stream));
    const survey = readDecodeSurvey(sampleMessages, extent);
    // Otherwise the filter may have failed.
    if (survey.decodedFrames > 0) return { survey, sampleMessages };
  }
  return { survey: readDecodeSurvey(await surveyed(null), extent), sampleMessages: null };
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
