import type { AudioStream } from '../facts/source-facts.ts';
import type { AudioPreparation, PlannedAudioTrack, PlannedFilter } from './encode-plan.ts';
import type { MonoStreamGroup } from './join-mono-streams.ts';
import { joinedStart, playedStart, resampleGapOptions } from './plan-audio-preparation.ts';
import { type SurroundMix, surroundMixOf } from './surround-mix.ts';
import { surroundTrackId } from './surround-track-id.ts';

/** Six channels need three times the bitrate of two. */
const bitrateFactor = 3;

const format = 'aformat=sample_fmts=fltp:channel_layouts=5.1';

/** The streams of a track, and what may happen within them. */
export interface TrackSource {
  readonly stream: AudioStream;
  readonly joined: MonoStreamGroup | null;
  readonly isChanging: boolean;
}

/** @returns how the track becomes 5.1; null if it has no more than two channels */
export function surroundOf({ stream, joined, isChanging }: TrackSource): SurroundMix | null {
  if (isChanging && stream.channels > 2)
    return { whyNot: 'not kept as 5.1: its format changes within the stream' };
  if (joined === null) return surroundMixOf(stream);
  const { speakers } = joined;
  const channelLayout = `${speakers.length} channels (${speakers.join('+')})`;
  return surroundMixOf({ channels: speakers.length, channelLayout });
}

export function canKeepSurround(source: TrackSource): boolean {
  const mix = surroundOf(source);
  return mix !== null && 'pan' in mix;
}

/**
 * The track of the same sound in 5.1, which follows all stereo tracks. It has the name of the stereo track: players offer one
 * entry and choose by channels.
 * @param isPrepared whether all audio of the plan is decoded to one format first
 * @returns null where it is not kept
 */
export function planSurround(
  stereo: PlannedAudioTrack,
  source: TrackSource,
  isPrepared: boolean,
): PlannedAudioTrack | null {
  const mix = surroundOf(source);
  if (mix === null || 'whyNot' in mix) return null;
  const { stream, joined } = source;
  const { pan, why } = mix;
  const resampled = {
    filter: `aresample=48000${resampleGapOptions},${format}`,
    why: `${isPrepared ? 48_000 : stream.sampleRateHertz} Hz to 48 kHz, gaps filled, silence before a late start`,
  };
  return {
    ...stereo,
    id: surroundTrackId(stereo.id),
    isDefault: false,
    bitrateBitsPerSecond: bitrateFactor * stereo.bitrateBitsPerSecond,
    channels: 6,
    filters: [
      ...(isPrepared ? [] : [{ filter: pan, why }]),
      resampled,
      // What follows the resampler is the same for any number of channels.
      ...stereo.filters.slice(stereo.filters.findIndex(isResampler) + 1),
    ],
    preparation: isPrepared ? prepare(stream, joined, { filter: pan, why }) : null,
  };
}

function isResampler({ filter }: PlannedFilter): boolean {
  return filter.startsWith('aresample=');
}

function prepare(stream: AudioStream, joined: MonoStreamGroup | null, pan: PlannedFilter): AudioPreparation {
  const toFormat = { filter: `aresample=48000,${format}`, why: 'to 48 kHz' };
  if (joined !== null) return { ...joinedStart(joined), filters: [pan, toFormat] };
  return {
    streamIndexes: [stream.index],
    inputFilters: [],
    join: null,
    filters: [pan, toFormat, playedStart],
  };
}
