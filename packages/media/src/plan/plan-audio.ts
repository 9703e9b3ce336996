import type { LadderConfig } from '@fyrestream/events';
import type { AudioRole } from '../facts/audio-role.ts';
import type { AudioStream } from '../facts/source-facts.ts';
import type { StreamSurvey } from '../observe/decode-survey.ts';
import type { EncodePlan, PlannedAudioTrack, PlannedFilter } from './encode-plan.ts';
import { joinMonoStreams } from './join-mono-streams.ts';
import { languageName } from './language-name.ts';
import { planAudioPreparation, resampleGapOptions } from './plan-audio-preparation.ts';
import { canKeepSurround, planSurround, surroundOf, type TrackSource } from './plan-surround.ts';
import { stereoMixOf } from './stereo-mix.ts';

/** A shorter track keeps its first 1024 samples: without them almost nothing would remain. */
const minTrimSeconds = 0.1;

/** Drops the samples that become the encoder's priming. */
export const primingTrim = 'atrim=start_sample=1024';

/**
 * Every decodable track becomes AAC stereo at 48 kHz; where surround is kept, their 5.1 follows. The first one is the
 * default: of the tracks for the general audience the source's own default, else the first.
 */
export function planAudio(
  streams: AudioStream[],
  surveys: StreamSurvey[],
  audioConfig: LadderConfig['audio'],
): Pick<EncodePlan, 'audio' | 'audioPreparation' | 'leftOut'> {
  const changing = new Set(
    surveys.flatMap((survey) => (survey.changesAudioFormat ? survey.streamIndex : [])),
  );
  const sources = defaultFirst(trackSources(streams, surveys, changing));
  const reasons = [
    ...sources.flatMap(({ joined }) => joined?.why ?? []),
    ...sources
      .filter(({ isChanging }) => isChanging)
      .map(
        ({ stream }) =>
          `the format of stream ${stream.index} changes within the stream: it is decoded to one format first`,
      ),
  ];
  const isPrepared = reasons.length > 0;
  const names = new Map<string, number>();
  const planned = sources.map((source, position) => {
    const { stream, joined, isChanging } = source;
    const stereo: PlannedAudioTrack = {
      id: `audio-${position + 1}`,
      audioKey: null,
      streamIndex: stream.index,
      language: stream.language,
      name: uniqueName({ ...stream, title: joined ? null : stream.title }, names),
      role: stream.role,
      isDefault: position === 0,
      bitrateBitsPerSecond: audioConfig.bitrateBitsPerSecond,
      channels: 2,
      hasSurround: canKeepSurround(source),
      filters: planAudioFilters(stream, isPrepared),
      preparation: isPrepared ? planAudioPreparation(stream, joined, isChanging) : null,
    };
    const isKept = audioConfig.surround === 'keep';
    return {
      stereo: isKept ? withoutSurround(stereo, source) : stereo,
      surround: isKept ? planSurround(stereo, source, isPrepared) : null,
    };
  });
  return {
    audio: [
      ...planned.map(({ stereo }) => stereo),
      ...planned.flatMap(({ surround }) => (surround === null ? [] : surround)),
    ],
    audioPreparation: isPrepared ? { why: reasons.join('; ') } : null,
    leftOut: sources.flatMap(({ stream, joined, isChanging }) => {
      const { why, leftOut } = stereoMixOf(stream);
      return joined || leftOut === null || isChanging
        ? []
        : { streamIndex: stream.index, kind: 'audio', why: `${leftOut}: ${why}` };
    }),
  };
}

/** Says at the stereo track why there is no 5.1 of it. */
function withoutSurround(track: PlannedAudioTrack, source: TrackSource): PlannedAudioTrack {
  const mix = surroundOf(source);
  if (mix === null || !('whyNot' in mix)) return track;
  const [first, ...others] = track.filters;
  return first ? { ...track, filters: [{ ...first, why: `${first.why}; ${mix.whyNot}` }, ...others] } : track;
}

/** The sources of each track: a stream, or several that are its channels. */
function trackSources(
  streams: AudioStream[],
  surveys: StreamSurvey[],
  changing: ReadonlySet<number>,
): TrackSource[] {
  const joins = joinMonoStreams(streams, surveys);
  return streams.flatMap((stream) => {
    const joined = joins.find((join) => join.streams.includes(stream)) ?? null;
    const isChanging = changing.has(stream.index);
    return joined === null || joined.streams[0] === stream ? { stream, joined, isChanging } : [];
  });
}

function defaultFirst(sources: TrackSource[]): TrackSource[] {
  const forEverybody = sources.filter(({ stream }) => stream.role === 'main');
  const candidates = forEverybody.length > 0 ? forEverybody : sources;
  const chosen = candidates.find(({ stream, joined }) =>
    (joined?.streams ?? [stream]).some(({ isDefault }) => isDefault),
  );
  const first = chosen ?? candidates[0];
  return sources.toSorted((left, right) => Number(right === first) - Number(left === first));
}

const roleNames: Record<AudioRole, string | null> = {
  main: null,
  'describes-video': 'Audio description',
  'enhances-speech': 'Enhanced speech',
  commentary: 'Commentary',
  'clean-effects': 'Music and effects',
  karaoke: 'Karaoke',
};

/** Players list tracks by name; HLS forbids two tracks of the same name in a group. */
export function uniqueName(
  { title, language, role = 'main' }: { title: string | null; language: string | null; role?: AudioRole },
  taken: Map<string, number>,
): string {
  const plain = language === null ? 'Audio' : languageName(language);
  const roleName = roleNames[role];
  const name = title ?? (roleName === null ? plain : `${plain} (${roleName})`);
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? name : `${name} ${count}`;
}

function planAudioFilters(stream: AudioStream, isPrepared: boolean): PlannedFilter[] {
  const isShort = stream.durationSeconds !== null && stream.durationSeconds < minTrimSeconds;
  const filters = resample(stream, isPrepared);
  if (isShort) return filters;
  const why =
    "the first 1024 samples become the encoder's priming, so that no edit list is needed; players treat edit lists of audio differently";
  return [...filters, { filter: primingTrim, why }];
}

function resample(stream: AudioStream, isPrepared: boolean): PlannedFilter[] {
  const mix = stereoMixOf(isPrepared ? { channels: 2, channelLayout: 'stereo' } : stream);
  const toStereo = mix.why === '' ? '' : `; ${mix.why}`;
  return [
    ...(mix.pan === null ? [] : [{ filter: mix.pan, why: mix.why }]),
    {
      // All tracks have one sample rate: players stall if it changes within a group.
      filter: `aresample=48000${resampleGapOptions}${mix.options},aformat=sample_fmts=fltp:channel_layouts=stereo`,
      why: `${isPrepared ? 48_000 : stream.sampleRateHertz} Hz to 48 kHz, gaps filled, silence before a late start${mix.pan === null ? toStereo : ''}`,
    },
  ];
}
