import { describe, expect, it } from 'vitest';
import { av1Ladder, defaultLadderPreset, hevcLadder, ladderPresetSchema } from './ladder-preset.ts';

const pathsRefused = (preset: unknown) =>
  ladderPresetSchema.safeParse(preset).error?.issues.map((issue) => issue.path.join('.'));

describe('ladderPresetSchema', () => {
  it('accepts the default preset and the further ladders', () => {
    expect(ladderPresetSchema.parse(defaultLadderPreset)).toEqual(defaultLadderPreset);
    const wider = {
      ...defaultLadderPreset,
      ladders: [...defaultLadderPreset.ladders, hevcLadder, av1Ladder],
    };
    expect(ladderPresetSchema.parse(wider)).toEqual(wider);
  });

  it('has the default rungs 1080, 720, 480, 360 and 240', () => {
    expect(defaultLadderPreset.ladders[0]?.rungs.map((rung) => rung.shortEdgePixels)).toEqual([
      1080, 720, 480, 360, 240,
    ]);
  });

  it('names the rung whose bitrate is not below the one before it', () => {
    const preset = structuredClone(defaultLadderPreset);
    const second = preset.ladders[0]?.rungs[1];
    if (second) second.maximumBitrateBitsPerSecond = 6_000_000;
    expect(pathsRefused(preset)).toEqual(['ladders.0.rungs.1.maximumBitrateBitsPerSecond']);
  });

  it('names an odd size, an unknown field and a missing setting', () => {
    const preset = structuredClone(defaultLadderPreset);
    const last = preset.ladders[0]?.rungs[4];
    if (last) last.shortEdgePixels = 239;
    expect(pathsRefused(preset)).toEqual(['ladders.0.rungs.4.shortEdgePixels']);
    expect(ladderPresetSchema.safeParse({ ...defaultLadderPreset, crf: 23 }).success).toBe(false);
    const { hdr: _, ...withoutHdr } = defaultLadderPreset;
    expect(pathsRefused(withoutHdr)).toEqual(['hdr']);
  });

  it('refuses a preset without H.264 and one with a codec twice', () => {
    expect(pathsRefused({ ...defaultLadderPreset, ladders: [hevcLadder] })).toEqual(['ladders']);
    const [h264] = defaultLadderPreset.ladders;
    expect(pathsRefused({ ...defaultLadderPreset, ladders: [h264, h264] })).toEqual(['ladders.1.codec']);
  });
});
