import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFrameSlots } from './frame-slots.ts';

const every = (seconds: number, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index * seconds);

describe('countFrameSlots of a part', () => {
  it('counts slots from its first to its last one', () => {
    const slots = countFrameSlots(every(0.04, 4, 50), 0, 25, { firstSlot: 100, endSlot: 150 });
    expect(slots).toEqual({ droppedFrames: 0, repeatedFrames: 0, endSlot: 150 });
  });

  it('repeats the frame before the part until its own first one', () => {
    const slots = countFrameSlots(every(0.04, 4.2, 45), 0, 25, { firstSlot: 100, endSlot: 150 });
    expect(slots).toEqual({ droppedFrames: 0, repeatedFrames: 5, endSlot: 150 });
  });

  it('repeats its last frame to its end', () => {
    const slots = countFrameSlots(every(0.04, 4, 30), 0, 25, { firstSlot: 100, endSlot: 150 });
    expect(slots).toEqual({ droppedFrames: 0, repeatedFrames: 20, endSlot: 150 });
  });

  it('the last part ends with its last frame', () => {
    expect(countFrameSlots(every(0.04, 4, 30), 0, 25, { firstSlot: 100 }).endSlot).toBe(130);
  });

  it('parts add up to the whole, wherever it is cut', () => {
    const gap = fc.double({ min: 0.001, max: 0.3, noNaN: true });
    const gaps = fc.array(gap, { minLength: 5, maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (spaces, place) => {
        let time = 0;
        const times = [0, ...spaces.map((space) => (time += space))];
        const whole = countFrameSlots(times, 0, 25);
        const cut = Math.max(1, Math.round(time * place * 25));
        const isFirst = (seconds: number) => Math.round(seconds * 25) < cut;
        const first = countFrameSlots(times.filter(isFirst), 0, 25, { endSlot: cut });
        const rest = times.filter((seconds) => !isFirst(seconds));
        const second = countFrameSlots(rest, 0, 25, { firstSlot: cut });
        expect(first.droppedFrames + second.droppedFrames).toBe(whole.droppedFrames);
        expect(first.repeatedFrames + second.repeatedFrames).toBe(whole.repeatedFrames);
        expect(second.endSlot).toBe(Math.max(cut, whole.endSlot));
      }),
    );
  });
});
