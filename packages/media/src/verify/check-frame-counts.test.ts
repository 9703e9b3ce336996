import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { readFrameTiming } from '../observe/frame-timing.ts';
import { readPacketTimes } from '../observe/packet-times.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { assessSource } from './assess-source.ts';
import { checkFrameCounts } from './check-frame-counts.ts';
import { createFrameTimesReader } from './frame-times.ts';

const every = (seconds: number, count: number) =>
  Array.from({ length: count }, (_, index) => index * seconds);

/** Plans with the times of packets, decodes with other times, encodes at another rate. @returns the failed checks */
function failuresOf(packetTimes: number[], decodedTimes: number[], { rate = 0, errors = 0 } = {}): string[] {
  const facts = factsOf([videoStream({ r_frame_rate: '90000/1', nb_frames: 'N/A' })]);
  const lines = packetTimes.map((seconds) => `${seconds.toFixed(6)},${seconds.toFixed(6)},9,K_`);
  const frameTiming = readFrameTiming(readPacketTimes(lines.join('\n')));
  const plan = planEncode(facts, { frameTiming }, defaultLadderConfig);
  const reader = createFrameTimesReader();
  for (const seconds of decodedTimes) {
    reader.push(`frame:0 pts:${Math.round(seconds * 90_000)} pts_time:${Number(seconds.toPrecision(6))}\n`);
  }
  const planned = plan.video?.frameRate ?? { numerator: 1, denominator: 1 };
  const slots = reader.slotsAt(rate || planned.numerator / planned.denominator);
  const capture = {
    warnings: { errors, corrupt: 0, examples: [] },
    decoded: [{ streamIndex: 0, times: reader.end(), slots }],
    video: [],
    audio: [],
  };
  const checks = checkFrameCounts(plan, [capture], assessSource(facts, plan, [capture]));
  return checks.filter(({ passed }) => !passed).map(({ name }) => name);
}

describe('decoded and published frame counts', () => {
  const second = every(0.04, 250);
  const sparse = second.filter((_, index) => index % 10 !== 3);
  const variable = every(0.1, 90).flatMap((time) => [time, time + 0.044, time + 0.089]);

  it.each([
    ['a constant rate', second, second],
    ['single missing frames', sparse, sparse],
    ['120 frames per second, of which every second one is kept', every(1 / 120, 1200), every(1 / 120, 1200)],
    ['an idle screen', every(1, 10), every(1, 10)],
    ['a frame every seven seconds', every(7, 10), every(7, 10)],
    ['a variable rate', variable, variable],
  ])('pass as planned: %s', (_, packetTimes, decodedTimes) => {
    expect(failuresOf(packetTimes, decodedTimes)).toEqual([]);
  });

  it('distinguish frames after ten hours, where ffmpeg 5.1 prints tenths of a second', () => {
    const reader = createFrameTimesReader();
    for (const time of [...second, ...second.map((time) => time + 36_000)]) {
      reader.push(`frame:0 pts:${Math.round(time * 90_000)} pts_time:${Number(time.toPrecision(6))}\n`);
    }
    expect(reader.slotsAt(25).droppedFrames).toBe(0);
  });

  it('fail if half of the frames are lost', () => {
    expect(failuresOf(second, second, { rate: 12.5 })).toEqual(['frames-dropped']);
  });

  it('fail if packets without times were not counted', () => {
    const half = second.filter((_, index) => index % 2 === 0);
    expect(failuresOf(half, second)).toEqual(['frames-dropped']);
  });

  it('fail if fields were counted as frames', () => {
    expect(failuresOf(every(0.02, 500), second)).toEqual(['frames-decoded']);
  });

  it('fail if every frame is shown twice', () => {
    expect(failuresOf(second, second, { rate: 50 })).toEqual(['frames-repeated']);
  });

  it('fail if a third of the frames was not decoded without a decoder error', () => {
    expect(failuresOf(second, second.slice(0, 166))).toEqual(['frames-decoded']);
    expect(failuresOf(second, second.slice(0, 166), { errors: 1 })).toEqual([]);
  });
});
