import { z } from 'zod';
import { rationalValue } from '../cmaf/rational.ts';
import type { SourceFacts } from '../facts/source-facts.ts';
import { MediaRefusal } from '../media-refusal.ts';
import { planOfOwnAudio } from '../plan/add-audio-files.ts';
import type { EncodePlan, PlannedVideo } from '../plan/encode-plan.ts';
import { decoderWarningsSchema, joinDecoderWarnings } from './decoder-warnings.ts';
import { endSeconds, type FrameTimeStatistics, gapSchema, joinFrameTimes } from './frame-times.ts';
import type { ReferenceCapture } from './reference-capture.ts';

/**
 * A source with a smaller decoded share of its declared duration is refused; above, it is published and the damage is
 * in the certificate.
 */
export const minDecodableShare = 0.9;
/** Rounding, priming and a last frame of unknown duration are not damage. */
const minLossSeconds = 0.5;

export const streamAssessmentSchema = z.strictObject({
  streamIndex: z.int().nonnegative(),
  kind: z.enum(['video', 'audio']),
  decodedFrames: z.int().nonnegative(),
  /** The end of the stream according to the container, on the plan's timeline; null if it has no usable value. */
  claimedEndSeconds: z.number().nullable(),
  decodedEndSeconds: z.number().nullable(),
  /** The duration of most frames, which is assumed for the last one too. */
  lastFrameSeconds: z.number().nonnegative(),
  /** Sum of the gaps within the stream. */
  missingSeconds: z.number().nonnegative(),
  /** Gaps within the stream, whether they count as missing or not. */
  gaps: z.array(gapSchema).default([]),
  decodableShare: z.number().min(0).max(1),
});
export type StreamAssessment = z.infer<typeof streamAssessmentSchema>;

/** How much of a source was decoded during the encode. */
export const sourceAssessmentSchema = z.strictObject({
  streams: z.array(streamAssessmentSchema),
  warnings: decoderWarningsSchema,
  /** For the video if there is one, else for the longest audio. */
  decodableShare: z.number().min(0).max(1),
  isDamaged: z.boolean(),
});
export type SourceAssessment = z.infer<typeof sourceAssessmentSchema>;

/**
 * Compares the decoded frames with the metadata of the container. Metadata is often wrong without damage: estimates in
 * MP3, transport streams, fragmented files without a total. So it counts by itself only if it is a table of all frames
 * or the duration of the only stream; other metadata counts only if the demuxer or a decoder also reported errors, and
 * so do gaps.
 * @param kept of the version of whose tracks a remake decodes nothing: the container may end where one of them does
 */
export function assessSource(
  facts: SourceFacts,
  plan: EncodePlan,
  capture: readonly ReferenceCapture[],
  kept?: SourceAssessment,
): SourceAssessment {
  const warnings = joinDecoderWarnings(capture.map((unit) => unit.warnings));
  const hasDecoderErrors = warnings.errors + warnings.corrupt > 0;
  const indexes = [
    ...(plan.video ? [plan.video.streamIndex] : []),
    // Stereo and 5.1 are of one stream.
    ...new Set(planOfOwnAudio(plan).audio.map((track) => track.streamIndex)),
  ];
  const timesByIndex = new Map(indexes.map((streamIndex) => [streamIndex, timesOf(capture, streamIndex)]));
  const endOf = (streamIndex: number) => {
    const times = timesByIndex.get(streamIndex);
    if (!times) return null;
    // The last frame may last long; the frames that the encoders got show how long.
    const given = streamIndex === plan.video?.streamIndex ? videoSeconds(plan.video, capture) : 0;
    return Math.max(endSeconds(times), given);
  };
  const keptEnds = (kept?.streams ?? []).map(({ decodedEndSeconds }) => decodedEndSeconds ?? 0);
  const latestEnd = Math.max(0, ...keptEnds, ...indexes.map((streamIndex) => endOf(streamIndex) ?? 0));
  const streams = indexes.map((streamIndex): StreamAssessment => {
    const times = timesByIndex.get(streamIndex) ?? null;
    const claim = trimClaim(claimOf(facts, plan, streamIndex), plan.trim);
    const kind = streamIndex === plan.video?.streamIndex ? 'video' : 'audio';
    const knownEndSeconds = endOf(streamIndex);
    // How long a single frame of audio lasts is not known: PCM in Matroska may have a second in one.
    const decodedEndSeconds = kind === 'audio' && times?.frameCount === 1 ? null : knownEndSeconds;
    const reachedSeconds = claim?.isContainers ? latestEnd : (knownEndSeconds ?? 0);
    // If every frame of the table was decoded, nothing is missing, whatever an edit list does to their times.
    const isMet = claim?.frameCount != null && (times?.frameCount ?? 0) >= claim.frameCount;
    const isClaimUsed = claim && !isMet && (claim.isReliable || hasDecoderErrors);
    const claimedEndSeconds = isClaimUsed ? claim.endSeconds : null;
    const missingSeconds = hasDecoderErrors ? (times?.missingSeconds ?? 0) : 0;
    return {
      streamIndex,
      kind,
      decodedFrames: times?.frameCount ?? 0,
      claimedEndSeconds,
      decodedEndSeconds,
      lastFrameSeconds: times?.typicalGapSeconds ?? 0,
      missingSeconds,
      gaps: times?.gaps ?? [],
      decodableShare: shareOf(claimedEndSeconds, reachedSeconds, missingSeconds),
    };
  });
  const decisive = plan.video ? streams.slice(0, 1) : streams;
  const decodableShare = Math.max(0, ...decisive.map((stream) => stream.decodableShare));
  return {
    streams,
    warnings,
    decodableShare,
    isDamaged: hasDecoderErrors || streams.some((stream) => stream.decodableShare < 1),
  };
}

/**
 * The assessment of a source of which a remake decoded only a part: what it did not decode was assessed when the kept tracks were made.
 * @param kept of the version whose tracks are kept
 */
export function joinAssessments(decoded: SourceAssessment, kept: SourceAssessment): SourceAssessment {
  const isDecoded = ({ streamIndex }: StreamAssessment) =>
    decoded.streams.some((stream) => stream.streamIndex === streamIndex);
  const streams = [...decoded.streams, ...kept.streams.filter((stream) => !isDecoded(stream))];
  const video = streams.filter(({ kind }) => kind === 'video');
  const decisive = video.length > 0 ? video : streams;
  return {
    streams: [...video, ...streams.filter(({ kind }) => kind !== 'video')],
    // Both runs report the errors of the container: the sum would count them twice.
    warnings: kept.warnings.errors > decoded.warnings.errors ? kept.warnings : decoded.warnings,
    decodableShare: Math.max(0, ...decisive.map((stream) => stream.decodableShare)),
    isDamaged: decoded.isDamaged || kept.isDamaged,
  };
}

/** Describes the damage of a source that is published, in one sentence; null without damage. */
export function describeDamage({ isDamaged, decodableShare, warnings }: SourceAssessment): string | null {
  if (!isDamaged) return null;
  const { errors, corrupt } = warnings;
  const noticed = [
    ...(decodableShare < 1 ? [`${Math.floor(decodableShare * 100)} % of it can be decoded`] : []),
    ...(errors > 0 ? [`decoder errors: ${errors}`] : []),
    ...(corrupt > 0 ? [`corrupt packets: ${corrupt}`] : []),
  ];
  return `The source is damaged or cut off (${noticed.join(', ') || 'a stream ends early'}).`;
}

/** @throws MediaRefusal `source-truncated` */
export function requireDecodable({ decodableShare, streams }: SourceAssessment): void {
  if (decodableShare >= minDecodableShare) return;
  const [first] = streams;
  const seconds = Math.max(0, (first?.decodedEndSeconds ?? 0) - (first?.missingSeconds ?? 0));
  throw new MediaRefusal(
    'source-truncated',
    `Its metadata says ${first?.claimedEndSeconds?.toFixed(1) ?? 'more than'} s, ${seconds.toFixed(1)} s can be decoded: ` +
      `${Math.round(decodableShare * 100)} %, at least ${minDecodableShare * 100} % are needed.`,
  );
}

function shareOf(claimedEnd: number | null, decodedEnd: number, missingSeconds: number): number {
  const whole = Math.max(claimedEnd ?? decodedEnd, decodedEnd);
  const lost = whole - decodedEnd + missingSeconds;
  if (whole <= 0 || lost < minLossSeconds) return 1;
  return Math.max(0, Math.round((1 - lost / whole) * 10_000) / 10_000);
}

function videoSeconds(video: PlannedVideo, capture: readonly ReferenceCapture[]): number {
  const [branch] = video.branches;
  const captures = capture.flatMap((unit) => unit.video).filter(({ branchId }) => branchId === branch?.id);
  const frames = captures.reduce((sum, { frameCount }) => sum + frameCount, 0);
  return frames / rationalValue(video.frameRate);
}

function timesOf(capture: readonly ReferenceCapture[], streamIndex: number): FrameTimeStatistics | null {
  return joinFrameTimes(
    capture.flatMap((unit) =>
      unit.decoded.flatMap((stream) =>
        stream.streamIndex === streamIndex && stream.times ? stream.times : [],
      ),
    ),
  );
}

/** Of a trimmed source the frames are not those of its table, and it may end earlier. */
function trimClaim(claim: Claim | null, trim: EncodePlan['trim']): Claim | null {
  if (claim === null || trim === null) return claim;
  const endSeconds = Math.min(claim.endSeconds, trim.lengthSeconds ?? claim.endSeconds);
  return { ...claim, endSeconds, frameCount: null };
}

interface Claim {
  readonly endSeconds: number;
  /** From the container's table of frames, if it has one. */
  readonly frameCount: number | null;
  /** Whether the value is reliable without reported errors. */
  readonly isReliable: boolean;
  /** Whether it is the end of the stream that ends last. */
  readonly isContainers: boolean;
}

/** Streams without a container: ffmpeg estimates their duration from size and bitrate. */
const withoutContainer = new Set(['aac', 'ac3', 'eac3', 'dts', 'loas', 'truehd', 'amr', 'mp3']);

/**
 * An estimate is not reliable: it counts bytes that are no audio. Only MP3 may have a header (Xing, VBRI) that counts
 * its frames; if the file is cut off, it counts more frames than the estimate.
 */
function isEstimate({ demuxer, sizeBytes, audio: [stream] }: SourceFacts): boolean {
  if (!withoutContainer.has(demuxer)) return false;
  if (demuxer !== 'mp3' || !stream?.bitrateBitsPerSecond || sizeBytes === null) return true;
  return (stream.durationSeconds ?? 0) <= (sizeBytes * 8) / stream.bitrateBitsPerSecond;
}

function claimOf(facts: SourceFacts, plan: EncodePlan, streamIndex: number): Claim | null {
  const stream = [...facts.video, ...facts.audio].find(({ index }) => index === streamIndex);
  const start = facts.startSeconds ?? 0;
  if (isEstimate(facts)) return null;
  if (stream?.durationSeconds) {
    const frameCount = 'frameCount' in stream ? stream.frameCount : null;
    const isTable = frameCount !== null && frameCount > 1;
    const end = (stream.startSeconds ?? start) + stream.durationSeconds;
    return {
      endSeconds: end - plan.timeline.zeroSeconds,
      frameCount,
      isReliable: isTable,
      isContainers: false,
    };
  }
  if (!facts.durationSeconds) return null;
  // The container's end is that of its longest stream, which may be a subtitle or a stream that is left out.
  const others = plan.leftOut.filter(({ streamIndex }) => streamIndex !== null);
  const isAlone = facts.subtitles.length + facts.data.length + others.length === 0;
  const isReliable = isAlone && facts.demuxer === 'matroska';
  // Matroska counts from its first packet, or from 0 if the first packet is earlier.
  const end = (facts.demuxer === 'matroska' ? Math.max(0, start) : start) + facts.durationSeconds;
  return { endSeconds: end - plan.timeline.zeroSeconds, frameCount: null, isReliable, isContainers: true };
}
