import { describe, expect, it } from 'vitest';
import { surroundMixOf } from './surround-mix.ts';

const panOf = (channels: number, channelLayout: string | null) => {
  const mix = surroundMixOf({ channels, channelLayout });
  return mix !== null && 'pan' in mix ? mix.pan : null;
};

describe('5.1 of a stream', () => {
  it('has each channel at its place, whether the surrounds are called side or back', () => {
    expect(panOf(6, '5.1(side)')).toBe('pan=5.1|FL=FL|FR=FR|FC=FC|LFE=LFE|BL=SL|BR=SR');
    expect(panOf(6, '5.1')).toBe('pan=5.1|FL=FL|FR=FR|FC=FC|LFE=LFE|BL=BL|BR=BR');
    expect(panOf(6, '6 channels (FL+FC+FR+SL+SR+LFE)')).toBe('pan=5.1|FL=FL|FR=FR|FC=FC|LFE=LFE|BL=SL|BR=SR');
  });

  it('has a silent LFE if the source has none', () => {
    expect(panOf(5, '5.0(side)')).toBe('pan=5.1|FL=FL|FR=FR|FC=FC|BL=SL|BR=SR');
    expect(surroundMixOf({ channels: 5, channelLayout: '5.0' })).toMatchObject({
      why: expect.stringContaining('silent LFE'),
    });
  });

  it('has both pairs of surrounds of 7.1, and no channel can clip', () => {
    const pan = panOf(8, '7.1');
    expect(pan).toBe(
      'pan=5.1|FL=0.707*FL|FR=0.707*FR|FC=0.707*FC|LFE=0.707*LFE|BL=0.5*SL+0.5*BL|BR=0.5*SR+0.5*BR',
    );
  });

  it.each([
    [3, '2.1'],
    [3, '3.0'],
    [4, 'quad'],
    [6, '6.0'],
    [7, '6.1'],
    [8, '7.1(wide)'],
    [6, null],
    [5, '5 channels (FL+FR+FC+SL+BR)'],
    [4, 'ambisonic 1'],
    [16, 'hexadecagonal'],
    [24, '22.2'],
  ])('is not made of %i channels in the layout %s, and the reason is given', (channels, layout) => {
    expect(surroundMixOf({ channels, channelLayout: layout })).toMatchObject({
      whyNot: expect.stringContaining(layout ?? 'without a layout'),
    });
  });

  it.each([
    [1, 'mono'],
    [2, 'stereo'],
  ])('needs no reason for %i channels', (channels, layout) => {
    expect(surroundMixOf({ channels, channelLayout: layout })).toBeNull();
  });
});
