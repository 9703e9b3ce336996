import type { AudioStream } from '../facts/source-facts.ts';
import type { AudioPreparation } from './encode-plan.ts';
import type { MonoStreamGroup } from './join-mono-streams.ts';
import { stereoFiltersForChangingFormat, stereoMixOf } from './stereo-mix.ts';

/**
 * Longer gaps and overlaps are corrected immediately, because audio would otherwise stay out of sync by that time.
 * ffmpeg's default, 0.1 s, is noticeable (ITU-R BT.1359). Shorter ones are normal jitter of recorders.
 */
const minGapSeconds = 0.04;

/** Options of `aresample`: gaps are filled, and silence precedes a late start. */
export const resampleGapOptions = `:async=1:min_hard_comp=${minGapSeconds}:first_pts=0`;

const stereo = 'aformat=sample_fmts=fltp:channel_layouts=stereo';

/** From the plan's zero on. */
export const playedStart = { filter: 'atrim=start=0', why: 'audio before the start is not played' };

/**
 * How a track becomes stereo before it is encoded. If channels or sample rate change within a stream, ffmpeg configures
 * its filters again, and filters that pad or trim the start would do so within the stream: such a stream gets only
 * filters that do not depend on the start.
 */
export function planAudioPreparation(
  stream: AudioStream,
  joined: MonoStreamGroup | null,
  isChanging: boolean,
): AudioPreparation {
  if (joined !== null) return joinedPreparation(joined);
  if (isChanging) {
    const filters = [...stereoFiltersForChangingFormat, playedStart];
    return { streamIndexes: [stream.index], inputFilters: [], join: null, filters };
  }
  const { pan, options, why } = stereoMixOf(stream);
  const mix = { filter: `aresample=48000${options},${stereo}`, why: why === '' ? 'to 48 kHz' : why };
  const filters = [...(pan === null ? [] : [{ filter: pan, why }]), mix, playedStart];
  return { streamIndexes: [stream.index], inputFilters: [], join: null, filters };
}

function joinedPreparation(joined: MonoStreamGroup): AudioPreparation {
  const { speakers } = joined;
  const mix = stereoMixOf({ channels: speakers.length, channelLayout: speakers.join('+') });
  return {
    ...joinedStart(joined),
    filters: [
      { filter: `aresample=48000${mix.options},${stereo}`, why: mix.why === '' ? 'stereo' : mix.why },
    ],
  };
}

/** Joins mono streams to one stream with their channels. */
export function joinedStart({ streams, speakers, why }: MonoStreamGroup): Omit<AudioPreparation, 'filters'> {
  const layout = speakers.join('+');
  const map = speakers.map((speaker, input) => `${input}.0-${speaker}`).join('|');
  return {
    streamIndexes: streams.map(({ index }) => index),
    inputFilters: [
      {
        filter: `aresample=48000${resampleGapOptions},aformat=sample_fmts=fltp`,
        why: 'joined sample by sample, so all streams must start at 0 and have no gaps',
      },
    ],
    join: { filter: `join=inputs=${streams.length}:channel_layout=${layout}:map=${map}`, why },
  };
}
