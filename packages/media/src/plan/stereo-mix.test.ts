import { describe, expect, it } from 'vitest';
import { stereoMixOf } from './stereo-mix.ts';

describe('stereoMixOf', () => {
  it.each([
    [4, 'ambisonic 1', 'pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0-0.5*c1'],
    [11, 'ambisonic 2+stereo', 'pan=stereo|c0=0.25*c0+0.25*c1+0.5*c9|c1=0.25*c0-0.25*c1+0.5*c10'],
    [16, 'ambisonic 3', 'pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0-0.5*c1'],
    [12, null, 'pan=stereo|c0=c0|c1=c1'],
    [16, 'hexadecagonal', 'pan=stereo|c0=c0|c1=c1'],
    [24, '22.2', null],
    [8, null, null],
    [6, '5.1(side)', null],
    [2, null, null],
    [2, 'downmix', null],
    [4, '4 channels (FL+FR+LFE+SL)', 'pan=stereo|c0<FL|c1<FR'],
    [4, '4 channels (FL+FR+FC+SL)', 'pan=stereo|c0<FL+0.707*FC|c1<FR+0.707*FC'],
    [2, '2 channels (FL+FC)', 'pan=stereo|c0<c0|c1<c1'],
    [3, '3 channels (FL+FR+TFC)', null],
  ] as const)('%i channels, layout %s: %s', (channels, channelLayout, pan) => {
    expect(stereoMixOf({ channels, channelLayout }).pan).toBe(pan);
  });

  it('lists the channels that are not in the mix', () => {
    const leftOutOf = (channels: number, channelLayout: string | null) =>
      stereoMixOf({ channels, channelLayout }).leftOut;
    expect(leftOutOf(16, null)).toBe('channels 3 to 16');
    expect(leftOutOf(4, '4 channels (FL+FR+LFE+SL)')).toBe('channels LFE, SL');
    expect(leftOutOf(6, '5.1')).toBeNull();
  });
});
