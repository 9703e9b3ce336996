import type { EncodePlan } from '../plan/encode-plan.ts';
import type { FrameSlots } from '../plan/frame-slots.ts';
import type { SourceAssessment } from './assess-source.ts';
import { type Check, maxCheck, minCheck, notMeasurable } from './check.ts';
import { isKeptStream, keptReason } from './is-kept-stream.ts';
import type { ReferenceCapture } from './reference-capture.ts';

/** Muxers with errors are off by a few frames; a wrong rate drops or repeats a quarter of them or more. */
const toleratedShare = 0.1;
/** Some packets hold no frame; fields that were counted as frames are half of them. */
const undecodedShare = 0.25;
const toleratedFrames = 5;
/** In a damaged source packets are lost, and their neighbours are repeated. */
const toleratedShareOfDamaged = 0.5;

/**
 * Compares the decoded frames with the packets of the source, and the published frames with the plan: unplanned drops
 * or repeats mean a wrong frame rate.
 */
export function checkFrameCounts(
  plan: EncodePlan,
  capture: readonly ReferenceCapture[],
  { isDamaged, streams }: SourceAssessment,
): Check[] {
  const { video } = plan;
  if (video === null) return [];
  const subject = 'video';
  if (isKeptStream(plan, video.streamIndex)) return [notMeasurable('frames-decoded', subject, keptReason)];
  const slots = capture.flatMap(({ decoded }) => decoded.flatMap((stream) => stream.slots ?? []));
  const planned = video.frameCounts;
  if (planned === null || slots.length === 0) {
    return [notMeasurable('frames-decoded', subject, 'packets without times, or too few')];
  }
  const { source, fieldsPerFrame } = planned;
  const decodedFields =
    streams.find(({ streamIndex }) => streamIndex === video.streamIndex)?.decodedFrames ?? 0;
  const decodedFrames = Math.ceil(decodedFields / fieldsPerFrame);
  const share = isDamaged ? toleratedShareOfDamaged : toleratedShare;
  const tolerance = toleratedFrames + Math.ceil(source * share);
  const missing = Math.max(0, source - decodedFrames);
  const sum = (of: (slots: FrameSlots) => number) =>
    slots.reduce((total, part) => total + of(part), 0) / fieldsPerFrame;
  const dropped = sum(({ droppedFrames }) => droppedFrames);
  const repeated = sum(({ repeatedFrames }) => repeatedFrames);
  const of = (name: string, measured: number) => ({ name, subject, measured });
  return [
    minCheck(
      of('frames-decoded', decodedFrames),
      source - toleratedFrames - Math.ceil(source * Math.max(share, undecodedShare)),
    ),
    maxCheck(of('frames-dropped', dropped), planned.dropped + tolerance),
    maxCheck(of('frames-repeated', repeated), planned.repeated + missing + tolerance),
  ];
}
