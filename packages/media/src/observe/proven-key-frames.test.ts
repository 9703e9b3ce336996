import { describe, expect, it } from 'vitest';
import type { KeyFrame, KeyFrameSurveyExtent } from './key-frames.ts';
import { provenKeyFrameTimes } from './proven-key-frames.ts';

const extent: KeyFrameSurveyExtent = {
  ...{ streamIndex: 0, codedSize: { width: 1920, height: 1080 }, startSeconds: 0, endSeconds: 60 },
  ...{ keyFrameCount: 30, packetCount: 1500 },
};
const frame: KeyFrame = {
  ...{ seconds: 0, size: extent.codedSize, pixelAspectRatio: null, orientation: null },
  ...{ isInterlaced: false, isTopFieldFirst: false, transfer: null, primaries: null, matrix: null },
};
const every = (seconds: number, count: number) =>
  Array.from({ length: count }, (_, index) => index * seconds);
const packets = (times: number[]) =>
  times.map((time) => ({ presentationSeconds: time, decodeSeconds: time - 0.08 }));
const frames = (times: number[]): KeyFrame[] => times.map((seconds) => ({ ...frame, seconds }));

describe('provenKeyFrameTimes', () => {
  it('keeps each key frame that was decoded, at times rounded by the container', () => {
    const decoded = frames(every(2, 30).map((time) => time + 0.0007));
    expect(provenKeyFrameTimes(packets(every(2, 30)), decoded, extent)).toHaveLength(30);
  });

  it('a stream that refreshes its picture part by part has one key frame, whatever its packets say', () => {
    expect(provenKeyFrameTimes(packets(every(2, 30)), frames([0]), extent)).toEqual(packets([0]));
  });

  it('keeps none if the survey failed', () => {
    expect(provenKeyFrameTimes(packets(every(2, 30)), [], extent)).toEqual([]);
  });

  it('an MP4 without a table of key frames has none that are known', () => {
    const all = { ...extent, keyFrameCount: 1500 };
    const times = packets(every(0.04, 1500));
    expect(provenKeyFrameTimes(times, frames(every(2, 6)), all)).toBeNull();
    expect(provenKeyFrameTimes(times, frames(every(0.04, 300)), all)).toHaveLength(1500);
  });

  it('believes the packets of a video that is too long to decode all key frames', () => {
    const long = { ...extent, keyFrameCount: 20_000, packetCount: 1_000_000 };
    expect(provenKeyFrameTimes(packets(every(2, 20_000)), frames([0]), long)).toHaveLength(20_000);
  });
});
