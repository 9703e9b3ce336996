import { describe, expect, test } from 'vitest';
import type { FrameTiming } from '../observe/frame-timing.ts';
import { countFrameSlots } from './frame-slots.ts';
import { leadForFramePhase } from './lead-for-frame-phase.ts';

const rate = { rate: { numerator: 30, denominator: 1 }, change: 'kept' as const, why: '' };
const film = { ...rate, rate: { numerator: 24_000, denominator: 1001 } };

function timingOf(times: number[]): FrameTiming {
  const common = { isEvenlySpaced: true, isPulldown: false, lacksTimes: false, overlapCount: 0 };
  return { times, typicalFrameSeconds: 1 / 30, ...common };
}

describe('leadForFramePhase', () => {
  test('video that starts two and a half frames after the audio loses no frame by rounding', () => {
    const times = Array.from({ length: 120 }, (_, frame) => Math.round((frame + 2.5) * (1000 / 30)) / 1000);
    const lead = leadForFramePhase(timingOf(times), rate, 0);
    expect(countFrameSlots(times, 0, 30).droppedFrames).toBeGreaterThan(30);
    expect(countFrameSlots(times, -lead, 30)).toEqual({ droppedFrames: 0, repeatedFrames: 3, endSlot: 123 });
    expect(lead).toBeCloseTo(0.5 / 30, 2);
  });

  test('soft telecine that starts 58 ms after the audio loses no frame', () => {
    const field = 1001 / 60_000;
    const times = Array.from({ length: 144 }, (_, frame) => 0.058 + field * Math.ceil(frame * 2.5));
    const lead = leadForFramePhase(timingOf(times), film, 0);
    expect(countFrameSlots(times, 0, 24_000 / 1001).droppedFrames).toBeGreaterThan(30);
    expect(countFrameSlots(times, -lead, 24_000 / 1001).droppedFrames).toBe(0);
    expect(lead).toBeLessThan(1 / 23.9);
  });

  test('frames near their slots, or without a common phase, need no other start', () => {
    const near = Array.from({ length: 60 }, (_, frame) => frame / 30 + 0.006);
    const drifting = Array.from({ length: 600 }, (_, frame) => frame * 0.0335);
    expect(leadForFramePhase(timingOf(near), rate, 0)).toBe(0);
    expect(leadForFramePhase(timingOf(drifting), rate, 0)).toBe(0);
    expect(leadForFramePhase(timingOf([0.5 / 30]), { ...rate, change: 'divided' }, 0)).toBe(0);
  });
});
