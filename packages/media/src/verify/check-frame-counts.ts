import type { EncodePlan } from '../plan/encode-plan.ts';
import type { FrameSlots } from '../plan/frame-slots.ts';
import type { SourceContent } from './assess-source.ts';
import { type Check, maxCheck, minCheck, notMeasurable } from './check.ts';
import type { ReferenceCapture } from './reference-capture.ts';

/** Careless containers are off by a few frames; a rate that is wrong loses or doubles a quarter of them or more. */
const toleratedShare = 0.05;
const toleratedFrames = 5;
/** Of a source that is damaged packets are lost, and their neighbours stand in. */
const toleratedShareOfDamaged = 0.5;

/**
 * Holds the frames that were decoded against the packets of the source, and what became of them against the plan: frames
 * that nobody planned to drop or to repeat are a rate that was taken wrong.
 */
export function checkFrameCounts(
  { video }: EncodePlan,
  capture: readonly ReferenceCapture[],
  { isDamaged, streams }: SourceContent,
): Check[] {
  if (video === null) return [];
  const subject = 'video';
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
    minCheck(of('frames-decoded', decodedFrames), source - tolerance),
    maxCheck(of('frames-dropped', dropped), planned.dropped + tolerance),
    maxCheck(of('frames-repeated', repeated), planned.repeated + missing + tolerance),
  ];
}
