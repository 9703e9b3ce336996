import type { AudioStream } from '../facts/source-facts.ts';
import type { PlannedFilter } from './encode-plan.ts';

/** How the channels of a stream are mixed to two. `pan` precedes the resampler, `options` are the resampler's. */
export interface StereoMix {
  readonly pan: string | null;
  readonly options: string;
  readonly why: string;
  /** Channels that are not in the mix, in words; the LFE of a known layout is not listed. */
  readonly leftOut: string | null;
}

/** With more channels without a layout, swresample does not know their positions. */
const maxChannelsGuessed = 8;

/** ITU-R BS.775: centre and surround at -3 dB, no LFE; the sum is normalised so that it cannot clip. */
const surroundOptions = ':center_mix_level=0.707:surround_mix_level=0.707:lfe_mix_level=0:rematrix_maxval=1';

const asItIs: StereoMix = { pan: null, options: '', why: '', leftOut: null };

/** Decides how a stream with constant channels becomes stereo. */
export function stereoMixOf({
  channels,
  channelLayout,
}: Pick<AudioStream, 'channels' | 'channelLayout'>): StereoMix {
  const ambisonic = /^ambisonic \d+(\+stereo)?/.exec(channelLayout ?? '');
  if (ambisonic) return ambisonicMix(channels, ambisonic[1] !== undefined);
  // swresample mixes mono to both channels at -3 dB.
  if (channels === 1) {
    return { ...asItIs, options: ':rematrix_volume=1.41421', why: 'mono to both sides at full level' };
  }
  const speakers = speakersOf(channelLayout);
  if (speakers !== null && !isMixable(speakers)) return frontMix(speakers);
  if (channels === 2) return asItIs;
  // ffmpeg calls any 16 channels hexadecagonal; films do not use that layout.
  const hasNoLayout = channelLayout === null || channelLayout === 'hexadecagonal';
  if (channels > maxChannelsGuessed && hasNoLayout) {
    return {
      pan: 'pan=stereo|c0=c0|c1=c1',
      options: '',
      why: `${channels} channels without a layout: the first two are used as left and right`,
      leftOut: `channels 3 to ${channels}`,
    };
  }
  return {
    ...asItIs,
    options: surroundOptions,
    why: `${channelLayout ?? `${channels} channels`} to stereo: centre and surround at -3 dB, no LFE, normalised so that it cannot clip`,
  };
}

/**
 * Two cardioid microphones to the left and right, from W and Y in ACN order with SN3D: a single source cannot clip. A
 * head-locked stereo pair follows the ambisonic channels. Source: RFC 8486, 3.1.
 */
function ambisonicMix(channels: number, hasHeadLocked: boolean): StereoMix {
  const [left, right] = hasHeadLocked
    ? [`0.25*c0+0.25*c1+0.5*c${channels - 2}`, `0.25*c0-0.25*c1+0.5*c${channels - 1}`]
    : ['0.5*c0+0.5*c1', '0.5*c0-0.5*c1'];
  return {
    pan: `pan=stereo|c0=${left}|c1=${right}`,
    options: '',
    why: `${channels} ambisonic channels to stereo: cardioids to the left and right (W and Y)`,
    leftOut: null,
  };
}

/** ffmpeg has names for common layouts and lists the channels of others: `4 channels (FL+FR+LFE+SL)`. */
export function speakersOf(channelLayout: string | null): string[] | null {
  return /^\d+ channels? \((.+)\)$/.exec(channelLayout ?? '')?.[1]?.split('+') ?? null;
}

/** Source: `sane_layout` in ffmpeg's libswresample/rematrix.c. */
function isMixable(speakers: readonly string[]): boolean {
  const has = (speaker: string) => speakers.includes(speaker);
  const pairs = [
    ['FL', 'FR'],
    ['SL', 'SR'],
    ['BL', 'BR'],
    ['FLC', 'FRC'],
  ] as const;
  return ['FL', 'FR', 'FC'].some(has) && pairs.every(([left, right]) => has(left) === has(right));
}

/** Left, right and centre of a layout that swresample refuses; without left and right, its first two channels. */
function frontMix(speakers: readonly string[]): StereoMix {
  const hasFront = speakers.includes('FL') && speakers.includes('FR');
  const [left, right] = hasFront ? ['FL', 'FR'] : ['c0', 'c1'];
  const hasCentre = hasFront && speakers.includes('FC');
  const centre = hasCentre ? '+0.707*FC' : '';
  const mixed = hasFront ? ['FL', 'FR', ...(hasCentre ? ['FC'] : [])] : speakers.slice(0, 2);
  const unmixed = speakers.filter((speaker) => !mixed.includes(speaker));
  return {
    // `<` normalises the sum so that it cannot clip.
    pan: `pan=stereo|c0<${left}${centre}|c1<${right}${centre}`,
    options: '',
    why: `${speakers.join('+')} is no layout that ffmpeg can mix: ${mixed.join(', ')} are used`,
    leftOut: unmixed.length === 0 ? null : `channels ${unmixed.join(', ')}`,
  };
}

/**
 * Stereo for a stream whose channels change: ffmpeg configures the same filters again each time, so they must work for
 * any format.
 */
export const stereoFiltersForChangingFormat: readonly PlannedFilter[] = [
  {
    filter: `aresample=48000${surroundOptions},aformat=sample_fmts=dblp:channel_layouts=mono|stereo`,
    why: 'more than two channels to stereo, mono and stereo unchanged',
  },
  {
    // `val` of a channel that does not exist gives the last one.
    filter: 'aeval=val(0)|val(1):c=stereo,aformat=sample_fmts=fltp:channel_layouts=stereo',
    why: 'mono to both sides at full level, stereo unchanged',
  },
];
