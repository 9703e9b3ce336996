import { describe, expect, it } from 'vitest';
import { av1Ladder, defaultLadderConfig, hevcLadder, ladderConfigSchema } from './ladder-config.ts';

const pathsRefused = (preset: unknown) =>
  ladderConfigSchema.safeParse(preset).error?.issues.map((issue) => issue.path.join('.'));

describe('ladderConfigSchema', () => {
  it('accepts the default preset and the further ladders', () => {
    expect(ladderConfigSchema.parse(defaultLadderConfig)).toEqual(defaultLadderConfig);
    const wider = {
      ...defaultLadderConfig,
      ladders: [...defaultLadderConfig.ladders, hevcLadder, av1Ladder],
    };
    expect(ladderConfigSchema.parse(wider)).toEqual(wider);
  });

  it('keeps the loudness of the source in a ladder that says nothing about it', () => {
    const audio = { bitrateBitsPerSecond: 96_000 };
    expect(ladderConfigSchema.parse({ ...defaultLadderConfig, audio }).audio).toMatchObject({
      ...audio,
      loudness: 'off',
    });
    expect(pathsRefused({ ...defaultLadderConfig, audio: { ...audio, loudness: 'loud' } })).toEqual([
      'audio.loudness',
    ]);
  });

  it('has the default rungs 1080, 720, 480, 360 and 240', () => {
    expect(defaultLadderConfig.ladders[0]?.rungs.map((rung) => rung.shortEdgePixels)).toEqual([
      1080, 720, 480, 360, 240,
    ]);
  });

  it('names the rung whose bitrate is not below the one before it', () => {
    const preset = structuredClone(defaultLadderConfig);
    const second = preset.ladders[0]?.rungs[1];
    if (second) second.maximumBitrateBitsPerSecond = 6_000_000;
    expect(pathsRefused(preset)).toEqual(['ladders.0.rungs.1.maximumBitrateBitsPerSecond']);
  });

  it('names an odd size, an unknown field and a missing setting', () => {
    const preset = structuredClone(defaultLadderConfig);
    const last = preset.ladders[0]?.rungs[4];
    if (last) last.shortEdgePixels = 239;
    expect(pathsRefused(preset)).toEqual(['ladders.0.rungs.4.shortEdgePixels']);
    expect(ladderConfigSchema.safeParse({ ...defaultLadderConfig, crf: 23 }).success).toBe(false);
    const { hdr: _, ...withoutHdr } = defaultLadderConfig;
    expect(pathsRefused(withoutHdr)).toEqual(['hdr']);
  });

  it('refuses a preset without H.264 and one with a codec twice', () => {
    expect(pathsRefused({ ...defaultLadderConfig, ladders: [hevcLadder] })).toEqual(['ladders']);
    const [h264] = defaultLadderConfig.ladders;
    expect(pathsRefused({ ...defaultLadderConfig, ladders: [h264, h264] })).toEqual(['ladders.1.codec']);
  });
});

describe('the wanted outputs', () => {
  const refused = (outputs: unknown) => pathsRefused({ ...defaultLadderConfig, outputs });

  it('are all but the preview in a ladder that says nothing about them', () => {
    const { outputs: _, ...silent } = defaultLadderConfig;
    expect(ladderConfigSchema.parse(silent).outputs).toEqual(['hls', 'dash', 'mp4', 'poster', 'thumbnails']);
  });

  it('contain at least one that plays the video', () => {
    for (const playable of ['hls', 'dash', 'mp4']) expect(refused([playable])).toBeUndefined();
    expect(refused(['poster', 'thumbnails'])).toEqual(['outputs']);
    expect(refused([])).toEqual(['outputs']);
  });

  it('name the one that is unknown, or is there twice', () => {
    expect(refused(['hls', 'gif'])).toEqual(['outputs.1']);
    expect(refused(['hls', 'hls'])).toEqual(['outputs.1']);
  });
});
