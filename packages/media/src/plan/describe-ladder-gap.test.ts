import { expect, it } from 'vitest';
import { describeLadderGap } from './describe-ladder-gap.ts';
import type { EncodePlan } from './encode-plan.ts';

/** A plan for a source of that size whose renditions have those heights. */
function planOf(width: number, height: number, shortEdges: readonly number[]): EncodePlan {
  const renditions = shortEdges.map((edge) => ({ width: 2 * edge, height: edge }));
  return { video: { displaySize: { width, height }, branches: [{ renditions }] } } as unknown as EncodePlan;
}

it.each([
  ['4K in a ladder up to 1080', 3840, 2160, [1080, 720], 'a rung of 2160'],
  ['portrait 1440p in a ladder up to 720', 1440, 2560, [720], 'a rung of 1440'],
])('names the rung that is missing: %s', (_case, width, height, edges, rung) => {
  const sentence = describeLadderGap(planOf(width, height, edges));
  expect(sentence).toContain(`${width}×${height}`);
  expect(sentence).toContain(rung);
});

it('is silent where the source is published at about its own size, and without video', () => {
  expect(describeLadderGap(planOf(1920, 1088, [1080, 720]))).toBeNull();
  expect(describeLadderGap(planOf(64, 48, [48]))).toBeNull();
  expect(describeLadderGap({ video: null } as EncodePlan)).toBeNull();
});
