import { type EncodePlan, plannedRenditions } from './encode-plan.ts';

/** Below this share of the source's short edge, viewers of large screens see the difference. */
const minShareOfSource = 0.9;

/**
 * What a ladder lacks for a source: a rung of its resolution. One sentence for a person; null if nothing is
 * missing.
 */
export function describeLadderGap(plan: EncodePlan): string | null {
  const { video } = plan;
  if (video === null) return null;
  const { width, height } = video.displaySize;
  const source = Math.min(width, height);
  const largest = Math.max(...plannedRenditions(plan).map((one) => Math.min(one.width, one.height)));
  if (largest >= source * minShareOfSource) return null;
  return `The source has ${width}×${height}, but the largest rung of the ladder is ${largest}: add a rung of ${source - (source % 2)} to publish its full resolution.`;
}
