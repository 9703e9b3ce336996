import { MediaRefusal } from '../media-refusal.ts';
import type { EncodePlan } from '../plan/encode-plan.ts';
import { plannedFrameCount } from '../size/planned-frame-count.ts';
import { mediaCeilings } from './media-ceilings.ts';

/**
 * Checks what would be encoded: gaps and late starts become repeated frames and silence.
 * @param shownSeconds the duration by its packets; that of the metadata is no fact
 * @throws MediaRefusal `too-many-frames`, `too-long`, `frame-gap-too-long`
 */
export function requirePlanCeilings(plan: EncodePlan, shownSeconds: number): void {
  const frames = plannedFrameCount(plan) ?? 0;
  if (frames > mediaCeilings.frames)
    throw new MediaRefusal('too-many-frames', `The result would have ${Math.round(frames)} frames.`);
  if (shownSeconds > mediaCeilings.durationSeconds)
    throw new MediaRefusal('too-long', `It plays ${Math.round(shownSeconds)} s.`);
  const published = new Set([plan.video?.streamIndex, ...plan.audio.map(({ streamIndex }) => streamIndex)]);
  for (const { streamIndex, seconds } of plan.timeline.streamStarts) {
    const lateSeconds = seconds - plan.timeline.zeroSeconds;
    if (published.has(streamIndex) && lateSeconds > mediaCeilings.frameGapSeconds)
      throw new MediaRefusal(
        'frame-gap-too-long',
        `Stream ${streamIndex} begins after ${Math.round(lateSeconds)} s.`,
      );
  }
}
