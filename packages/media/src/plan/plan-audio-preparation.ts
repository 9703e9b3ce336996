import type { AudioStream } from '../facts/source-facts.ts';
import type { AudioPreparation } from './encode-plan.ts';
import type { JoinedStreams } from './join-mono-streams.ts';
import { changingStereoFilters, stereoMixOf } from './stereo-mix.ts';

/**
 * What is missing or too much by more than this is made up for at once, or the audio would stay off by as much for the rest
 * of the film; ffmpeg's own bound, 0.1 s, is heard (ITU-R BT.1359). Less is the jitter of honest recorders.
 */
const minGapSeconds = 0.04;

/** Of `aresample`: gaps are filled, and silence stands before a late start. */
export const gapOptions = `:async=1:min_hard_comp=${minGapSeconds}:first_pts=0`;

const stereo = 'aformat=sample_fmts=fltp:channel_layouts=stereo';

/**
 * How a track becomes stereo before it is encoded. Where channels or sample rate change within a stream, ffmpeg sets its
 * filters up again, and those that pad and trim the beginning do so a second time in the middle: such a stream gets only
 * filters that do not count from the beginning.
 */
export function planAudioPreparation(
  stream: AudioStream,
  joined: JoinedStreams | null,
  isChanging: boolean,
): AudioPreparation {
  // A part before the plan's zero is not played.
  const start = { filter: 'atrim=start=0', why: 'what comes before the beginning is not played' };
  if (joined !== null) return joinedPreparation(joined);
  if (isChanging) {
    const filters = [...changingStereoFilters, start];
    return { streamIndexes: [stream.index], inputFilters: [], join: null, filters };
  }
  const { pan, options, why } = stereoMixOf(stream);
  const mix = { filter: `aresample=48000${options},${stereo}`, why: why === '' ? 'to 48 kHz' : why };
  const filters = [...(pan === null ? [] : [{ filter: pan, why }]), mix, start];
  return { streamIndexes: [stream.index], inputFilters: [], join: null, filters };
}

function joinedPreparation({ streams, speakers, why }: JoinedStreams): AudioPreparation {
  const layout = speakers.join('+');
  const map = speakers.map((speaker, input) => `${input}.0-${speaker}`).join('|');
  const mix = stereoMixOf({ channels: speakers.length, channelLayout: layout });
  return {
    streamIndexes: streams.map(({ index }) => index),
    inputFilters: [
      {
        filter: `aresample=48000${gapOptions},aformat=sample_fmts=fltp`,
        why: 'the join takes sample by sample: all begin at 0 and have no gaps',
      },
    ],
    join: { filter: `join=inputs=${streams.length}:channel_layout=${layout}:map=${map}`, why },
    filters: [
      { filter: `aresample=48000${mix.options},${stereo}`, why: mix.why === '' ? 'stereo' : mix.why },
    ],
  };
}
