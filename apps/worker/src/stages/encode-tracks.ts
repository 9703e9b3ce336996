import { reasonFrom } from '@fyrestream/events';
import {
  addVideoReferenceCapture,
  type EncodePlan,
  encodeVideoCommand,
  type FileParts,
  type FrameRange,
  findInexactness,
  MediaRefusal,
  type PlannedUnit,
  plannedRenditions,
  planOfUnit,
  rationalValue,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { startVideoReferenceCapture } from '../reference-capture/start-video-reference-capture.ts';
import { repairKeyFrames } from '../repair-key-frames.ts';
import { startStallWatchdog } from '../stall-watchdog.ts';
import type { UnitContents } from '../unit-contents.ts';
import { wholeVideoUnit } from '../units/units-to-encode.ts';
import { addressesOf } from './addresses-of.ts';
import { convertCaptionFiles } from './convert-caption-files.ts';
import { encodeAudio } from './encode-audio.ts';
import { extractSubtitles } from './extract-subtitles.ts';
import { fetchWatermark } from './fetch-watermark.ts';
import type { EncodedUnit } from './media-stages.ts';
import { runEncode } from './run-encode.ts';

const nothing: UnitContents = { tracks: [], subtitles: [] };

/** Encodes all tracks of a unit with one run of ffmpeg and one decode; stores their segments while ffmpeg runs. */
export async function encodeTracks(
  work: JobContext,
  whole: EncodePlan,
  claim: ActiveClaim,
): Promise<EncodedUnit> {
  const unit = [...whole.units, wholeVideoUnit].find(({ id }) => id === claim.unitId);
  const plan = planOfUnit(whole, unit ?? { kind: 'audio' });
  if (unit?.kind === 'video' && unit.range?.fileParts) {
    const encoded = await encodePartOfFile(work, plan, { claim, unit, fileParts: unit.range.fileParts });
    if (encoded !== null) return encoded;
  }
  const sourcePath = await work.source.fetch(claim.signal, plan.pidMoves);
  await repairKeyFrames(sourcePath);
  if (unit?.kind === 'video') return encodeVideo(work, plan, { claim, unit, sourcePath });
  const encoded = await encodeAudio(work, plan, claim, sourcePath);
  const subtitles = await extractSubtitles(work, plan, claim, sourcePath);
  const captions = await convertCaptionFiles(work, plan, claim);
  const contents = {
    ...encoded,
    addresses: await addressesOf(work, plan, encoded.tracks),
    subtitles: [...subtitles, ...captions.subtitles],
    leftOut: captions.leftOut,
  };
  return { contents, inexactBecause: null };
}

/** @returns null if all of the source has to be read: ffmpeg may need bytes that are not in these parts */
async function encodePartOfFile(
  work: JobContext,
  plan: EncodePlan,
  { claim, unit, fileParts }: { claim: ActiveClaim; unit: PlannedUnit; fileParts: FileParts },
): Promise<EncodedUnit | null> {
  const { path, isWhole } = await work.source.fetchParts(claim.signal, fileParts);
  if (isWhole) return null;
  await repairKeyFrames(path);
  const part = { claim, unit, sourcePath: path, isPartOfFile: true };
  const encoded = await encodeVideo(work, plan, part).catch((error: unknown) => {
    if (claim.signal.aborted || !mayBeForMissingParts(error)) throw error;
    return { contents: nothing, inexactBecause: reasonFrom(error).message };
  });
  const { inexactBecause } = encoded;
  const bytes = fileParts.ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  work.log.info(
    { unitId: claim.unitId, bytes, sizeBytes: fileParts.sizeBytes, inexactBecause },
    'source-read-in-parts',
  );
  return inexactBecause === null ? encoded : null;
}

function mayBeForMissingParts(error: unknown): boolean {
  const { code } = reasonFrom(error);
  const isMedia = error instanceof MediaRefusal;
  return isMedia || ['ffmpeg-failed', 'ffmpeg-crashed', 'packaging-failed'].includes(code);
}

async function encodeVideo(
  work: JobContext,
  plan: EncodePlan,
  {
    claim,
    unit,
    sourcePath,
    isPartOfFile = false,
  }: { claim: ActiveClaim; unit: PlannedUnit; sourcePath: string; isPartOfFile?: boolean },
): Promise<EncodedUnit> {
  const { video } = plan;
  const { range } = unit;
  if (video === null) return { contents: nothing, inexactBecause: null };
  const image = video.watermark && {
    watermarkPath: await fetchWatermark(work, video.watermark, claim.signal),
  };
  const watchdog = startStallWatchdog();
  const capture = await startVideoReferenceCapture(work.scratch, { video, range }, watchdog.feed);
  const firstSegmentNumber = range?.firstSegmentNumber ?? 1;
  try {
    const { tracks, fileHashes, warnings, captured } = await runEncode(work, claim, {
      plan,
      tracks: plannedRenditions(plan).map(({ id }) => ({ trackId: id, kind: 'video', firstSegmentNumber })),
      durationSeconds: range ? rangeSeconds(range, plan) : plan.durationSeconds,
      range,
      capture,
      watchdog,
      commandFor: (targetFor) =>
        addVideoReferenceCapture(
          encodeVideoCommand({ ...plan, video }, range, { sourcePath, ...image, targetFor }),
          video,
          capture.targets,
        ),
    });
    const { sourceFrames } = captured;
    const frameCount = captured.capture.video[0]?.frameCount ?? 0;
    const inexactBecause =
      range && sourceFrames
        ? findInexactness(range, { sourceFrames, frameCount, warnings, isPartOfFile })
        : null;
    const addresses = await addressesOf(work, plan, tracks);
    return { contents: { tracks, fileHashes, addresses, subtitles: [] }, inexactBecause };
  } catch (error) {
    // A part of the video without frames: whether the source has any is decided by all of it.
    if (range === null || reasonFrom(error).code !== 'no-decodable-stream') throw error;
    return { contents: nothing, inexactBecause: 'it has no frame' };
  }
}

function rangeSeconds(
  { firstFrame, endFrame }: FrameRange,
  { video, durationSeconds }: EncodePlan,
): number | null {
  const framesPerSecond = video ? rationalValue(video.frameRate) : 1;
  const firstSeconds = firstFrame / framesPerSecond;
  const endSeconds = endFrame === null ? durationSeconds : endFrame / framesPerSecond;
  return endSeconds === null ? null : endSeconds - firstSeconds;
}
