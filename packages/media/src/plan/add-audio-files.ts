import { audioUnitId, type LeftOut } from '@fyrestream/events';
import type { AudioFile } from '../beside/choose-audio-files.ts';
import { fileName } from '../beside/file-name.ts';
import type { EncodePlan, PlannedAudioFile, PlannedAudioTrack, PlannedFilter } from './encode-plan.ts';
import { primingTrim, uniqueName } from './plan-audio.ts';
import { isSurround, stereoTrackId, surroundTrackId } from './surround-track-id.ts';

/** An audio file that can be decoded, with the plan that it would have as an upload. */
export interface ReadAudioFile {
  readonly file: AudioFile;
  readonly plan: EncodePlan;
}

export interface AudioOfUpload {
  readonly tracks: readonly ReadAudioFile[];
  /** All that were found, also those that are not used. */
  readonly files: readonly Omit<PlannedAudioFile, 'source'>[];
  readonly leftOut: readonly LeftOut[];
}

/** Differences that nobody hears, and that containers round. */
const toleranceSeconds = 0.1;

/** Adds the audio files beside a film to its plan: their tracks follow those of its streams. */
export function addAudioFiles(plan: EncodePlan, { tracks, files, leftOut }: AudioOfUpload): EncodePlan {
  const stereo = plan.audio.filter(({ id }) => !isSurround(id));
  const names = new Map(stereo.map(({ name }) => [name, 1]));
  const added = tracks.flatMap((read, index) =>
    tracksOf(read, {
      id: `audio-${stereo.length + index + 1}`,
      isDefault: stereo.length === 0 && index === 0,
      names,
      filmSeconds: plan.durationSeconds,
    }),
  );
  const hasAudioUnit = plan.units.some(({ kind }) => kind === 'audio');
  return {
    ...plan,
    audio: [...plan.audio, ...added],
    audioFiles: files.map((file) => ({
      ...file,
      source: sourceOf(tracks.find((read) => read.file.key === file.key)),
    })),
    leftOut: [...plan.leftOut, ...leftOut],
    units:
      hasAudioUnit || added.length === 0
        ? plan.units
        : [{ id: audioUnitId, kind: 'audio', range: null }, ...plan.units],
  };
}

/** The plan of the tracks that are streams of the upload. */
export function planOfOwnAudio(plan: EncodePlan): EncodePlan {
  return { ...plan, audio: plan.audio.filter(({ audioKey }) => audioKey === null) };
}

/** The plan of the tracks of one audio file, as if it were the upload; null where it is not used. */
export function planOfAudioFile(plan: EncodePlan, { key, source }: PlannedAudioFile): EncodePlan | null {
  if (source === null) return null;
  return { ...plan, ...source, pidMoves: [], audio: plan.audio.filter(({ audioKey }) => audioKey === key) };
}

function sourceOf(read: ReadAudioFile | undefined): PlannedAudioFile['source'] {
  if (read === undefined) return null;
  const { demuxer, leadingBytes, timeline, audioPreparation } = read.plan;
  return { demuxer, leadingBytes, timeline, audioPreparation };
}

interface TrackPlace {
  readonly id: string;
  readonly isDefault: boolean;
  readonly names: Map<string, number>;
  readonly filmSeconds: number | null;
}

/** The default track of the file, in stereo and in 5.1 where that is kept. */
function tracksOf(
  { file, plan }: ReadAudioFile,
  { id, isDefault, names, filmSeconds }: TrackPlace,
): PlannedAudioTrack[] {
  const { language, role } = file;
  const first = plan.audio[0]?.id;
  const name = uniqueName({ title: null, language, role }, names);
  return plan.audio
    .filter((track) => stereoTrackId(track.id) === first)
    .map((track) => ({
      ...track,
      ...{ audioKey: file.key, language, role, name },
      id: isSurround(track.id) ? surroundTrackId(id) : id,
      isDefault: isDefault && !isSurround(track.id),
      filters: toLength(
        track.filters,
        filmSeconds,
        describeLength(file.key, plan.durationSeconds, filmSeconds),
      ),
    }));
}

/** Its first sample is at the film's beginning, its last at the film's end. */
function toLength(filters: readonly PlannedFilter[], seconds: number | null, why: string): PlannedFilter[] {
  if (seconds === null) return [...filters];
  const isTrim = ({ filter }: PlannedFilter) => filter === primingTrim;
  const fitted = { filter: `apad=whole_dur=${seconds.toFixed(6)},atrim=end=${seconds.toFixed(6)}`, why };
  return [...filters.filter((filter) => !isTrim(filter)), fitted, ...filters.filter(isTrim)];
}

function describeLength(key: string, own: number | null, film: number | null): string {
  const name = `${fileName(key)} beside the upload`;
  const difference = (own ?? 0) - (film ?? 0);
  if (own === null || Math.abs(difference) <= toleranceSeconds) return `${name} is as long as the film`;
  const seconds = Math.abs(difference).toFixed(1);
  return difference > 0
    ? `${name} is ${seconds} s longer than the film, and ends with it`
    : `${name} is ${seconds} s shorter than the film: silence follows`;
}
