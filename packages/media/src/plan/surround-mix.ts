import type { AudioStream } from '../facts/source-facts.ts';
import { speakersOf } from './stereo-mix.ts';

/** How the channels of a stream become 5.1, or why they do not. */
export type SurroundMix = { readonly pan: string; readonly why: string } | { readonly whyNot: string };

/** Of ffmpeg's layouts those whose channels are positions of 5.1 or 7.1. */
const speakersByLayout: Readonly<Record<string, readonly string[]>> = {
  '5.0': ['FL', 'FR', 'FC', 'BL', 'BR'],
  '5.0(side)': ['FL', 'FR', 'FC', 'SL', 'SR'],
  '5.1': ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR'],
  '5.1(side)': ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR'],
  '7.0': ['FL', 'FR', 'FC', 'BL', 'BR', 'SL', 'SR'],
  '7.1': ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'SL', 'SR'],
};
const positions = ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'SL', 'SR'];
const front = ['FL', 'FR', 'FC'];

/**
 * Decides whether a stream with constant channels is also published as 5.1: it needs left, right, centre and a pair of surrounds,
 * and no further position, for which there is no agreed mix. Channels without a layout are not used: film and broadcast order
 * them differently, and a voice in the LFE is lost. Both surround pairs of 7.1 go into one at -3 dB (ITU-R BS.775), and all
 * channels are lowered by 3 dB, so that the sum cannot clip.
 * @returns null for a stream of one or two channels
 */
export function surroundMixOf({
  channels,
  channelLayout,
}: Pick<AudioStream, 'channels' | 'channelLayout'>): SurroundMix | null {
  if (channels <= 2) return null;
  if (channelLayout === null) return { whyNot: `${channels} channels without a layout are not kept as 5.1` };
  const speakers = speakersByLayout[channelLayout] ?? speakersOf(channelLayout);
  const has = (...wanted: string[]) => wanted.every((speaker) => speakers?.includes(speaker));
  const pairs = [['SL', 'SR'] as const, ['BL', 'BR'] as const].filter((pair) => has(...pair));
  const isWhole = speakers?.length === front.length + 2 * pairs.length + (has('LFE') ? 1 : 0);
  const isKnown = speakers?.every((speaker) => positions.includes(speaker));
  if (!has(...front) || pairs.length === 0 || !isWhole || !isKnown) {
    return { whyNot: `${channelLayout} is not kept as 5.1: it has other channels than that` };
  }
  const isFolded = pairs.length > 1;
  const gain = isFolded ? '0.707*' : '';
  const sum = (side: 0 | 1) =>
    isFolded ? pairs.map((pair) => `0.5*${pair[side]}`).join('+') : (pairs[0]?.[side] ?? '');
  const mixed = [
    ...[...front, ...(has('LFE') ? ['LFE'] : [])].map((speaker) => `${speaker}=${gain}${speaker}`),
    `BL=${sum(0)}`,
    `BR=${sum(1)}`,
  ];
  return {
    pan: `pan=5.1|${mixed.join('|')}`,
    why: isFolded
      ? `${channelLayout} to 5.1: both surround pairs in one at -3 dB, all channels lowered by 3 dB so that it cannot clip`
      : `${channelLayout} is kept as 5.1${has('LFE') ? '' : ', with a silent LFE'}`,
  };
}
