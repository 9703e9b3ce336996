import type { LadderPreset } from '@fyrestream/events';
import type { AudioStream } from '../facts/source-facts.ts';
import type { PlannedAudioTrack, PlannedFilter } from './encode-plan.ts';
import { languageName } from './language-name.ts';

/**
 * Below this an audio track keeps its first 1024 samples: cutting them off, as players want it, would
 * leave next to nothing.
 */
const minTrimSeconds = 0.1;

/** Drops the samples that become the encoder's priming. */
export const primingTrim = 'atrim=start_sample=1024';

/** Every decodable track as AAC stereo at 48 kHz, the source's default first among equals. */
export function planAudio(streams: AudioStream[], audio: LadderPreset['audio']): PlannedAudioTrack[] {
  const defaultStream = streams.find((stream) => stream.isDefault) ?? streams[0];
  const names = new Map<string, number>();
  return streams.map((stream, position) => ({
    id: `audio-${position + 1}`,
    streamIndex: stream.index,
    language: stream.language,
    name: uniqueName(stream, names),
    isDefault: stream === defaultStream,
    bitrateBitsPerSecond: audio.bitrateBitsPerSecond,
    filters: planAudioFilters(stream),
  }));
}

/** Players list tracks by name: two of the same name in a group are refused by HLS. */
export function uniqueName(
  { title, language }: { title: string | null; language: string | null },
  taken: Map<string, number>,
): string {
  const name = title ?? (language === null ? 'Audio' : languageName(language));
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? name : `${name} ${count}`;
}

function planAudioFilters(stream: AudioStream): PlannedFilter[] {
  const isShort = stream.durationSeconds !== null && stream.durationSeconds < minTrimSeconds;
  const filters = [resample(stream)];
  if (isShort) return filters;
  const why =
    "the first 1024 samples become the encoder's priming: no edit list is needed, which players disagree about";
  return [...filters, { filter: primingTrim, why }];
}

/**
 * What is missing or too much by more than this is made up for at once, or the sound would stay off by as much for the rest
 * of the film; ffmpeg's own bound, 0.1 s, is heard (ITU-R BT.1359). Less is the jitter of honest recorders.
 */
const minGapSeconds = 0.04;

function resample({ channels, channelLayout, sampleRateHertz }: AudioStream): PlannedFilter {
  const mix = downmix(channels, channelLayout);
  return {
    // One rate in all tracks: players stall when a group changes its rate.
    filter: `aresample=48000:async=1:min_hard_comp=${minGapSeconds}:first_pts=0${mix.options},aformat=sample_fmts=fltp:channel_layouts=stereo`,
    why: `${sampleRateHertz} Hz to 48 kHz, gaps filled, silence before a late start${mix.why}`,
  };
}

function downmix(channels: number, layout: string | null): { options: string; why: string } {
  if (channels === 2) return { options: '', why: '' };
  // swresample spreads mono at -3 dB.
  if (channels === 1)
    return { options: ':rematrix_volume=1.41421', why: '; mono to both sides at full level' };
  return {
    // ITU-R BS.775: centre and surround at -3 dB, no subwoofer; the sum is levelled so that it cannot clip.
    options: ':center_mix_level=0.707:surround_mix_level=0.707:lfe_mix_level=0:rematrix_maxval=1',
    why: `; ${layout ?? `${channels} channels`} to stereo: centre and surround at -3 dB, no subwoofer, never clipping`,
  };
}
