import { createHash } from 'node:crypto';
import { jobIdOf, type Upload } from '@fyrestream/events';
import { encodeAudioCommand } from '../command/encode-audio-command.ts';
import { encodeVideoCommand } from '../command/encode-video-command.ts';
import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import type { FilterGraph } from '../command/filter-graph.ts';
import { planOfAudioFile } from '../plan/add-audio-files.ts';
import type {
  AudioPreparation,
  EncodePlan,
  PlannedAudioTrack,
  PlannedFilter,
  PlannedUnit,
} from '../plan/encode-plan.ts';
import { plannedRenditions } from '../plan/encode-plan.ts';
import { segmentDurationOf } from '../plan/segment-duration.ts';

/**
 * To be raised with every change of the code that makes other bytes of the same commands: the packager, the repairs of a source, the
 * decision about a gain. A test holds the bytes of the packager against it.
 */
export const packagingRevision = 1;

/** What makes a track beside its plan. */
export interface TrackOrigin {
  /** The version of the source object. */
  readonly upload: Pick<Upload, 'bucket' | 'key' | 'versionId' | 'etag'>;
  /** Of the worker: see `versions` of its ffmpeg. Those of ffmpeg count. */
  readonly toolVersions: Readonly<Record<string, string>>;
}

/** The content address of each rendition and audio track, by its id: SHA-256 in hexadecimal. */
export type TrackAddresses = Readonly<Record<string, string>>;

/**
 * A content address names how a track is made: the version of its source, and the commands of its units, reduced to what leads to it,
 * so that an option that changes its bytes cannot be forgotten. Tracks with the same address are interchangeable. Names, reasons,
 * priority and other outputs are not in it; sizes that the picture passes on its way down the ladder are.
 */
export function addressTracks(plan: EncodePlan, origin: TrackOrigin): TrackAddresses {
  const common = {
    packagingRevision,
    source: sourceIdOf(origin.upload),
    ffmpeg: [origin.toolVersions.ffmpeg ?? null, origin.toolVersions.ffmpegBuild ?? null],
    // They are done to the source before it is read.
    pidMoves: plan.pidMoves,
    segment: segmentDurationOf(plan),
  };
  const addressed = [
    ...plannedRenditions(plan).map(({ id }) => [id, renditionRecipe(plan, id)] as const),
    ...plan.audio.map((track) => [track.id, audioRecipe(plan, track)] as const),
  ];
  return Object.fromEntries(addressed.map(([id, recipe]) => [id, hashOf({ common, recipe })]));
}

/** That of its first job, also for an edition. */
function sourceIdOf({ bucket, key, versionId, etag }: TrackOrigin['upload']): string {
  return jobIdOf({ bucket, key, versionId, etag });
}

function renditionRecipe(plan: EncodePlan, id: string) {
  const image = plan.video?.watermark ?? null;
  return {
    // Not its key: a copy of the same image makes the same picture.
    watermark: image && { etag: image.etag, sizeBytes: image.sizeBytes, demuxer: image.demuxer },
    units: plan.units.filter(({ kind }) => kind === 'video').map((unit) => unitRecipe(plan, unit, id)),
  };
}

function unitRecipe(plan: EncodePlan, { range }: PlannedUnit, id: string) {
  const command = encodeVideoCommand(plan, range, {
    sourcePath: '',
    watermarkPath: '',
    targetFor: (renditionId) => renditionId,
  });
  const options = optionsOf(command, id);
  const map = options.indexOf('-map');
  const label = options[map + 1]?.slice(1, -1) ?? '';
  return {
    ...inputOf(command),
    options: options.toSpliced(map, 2),
    filters: filtersTo(command.filterGraph ?? [], label),
  };
}

function audioRecipe(plan: EncodePlan, track: PlannedAudioTrack) {
  const file = plan.audioFiles.find(({ key }) => key === track.audioKey) ?? null;
  const source = file && planOfAudioFile(plan, file);
  // The tracks beside it are other outputs of the same run.
  const alone = { ...(source ?? plan), audio: [track] };
  const command = encodeAudioCommand(alone, { sourcePath: '', targetFor: (trackId) => trackId });
  return {
    // Not its key, as for the image of a watermark.
    file: file && { etag: file.etag, sizeBytes: file.sizeBytes },
    ...inputOf(command),
    options: optionsOf(command, track.id),
    preparation: track.preparation && preparationOf(track.preparation),
    loudness: plan.loudness,
  };
}

function preparationOf({ streamIndexes, inputFilters, join, filters }: AudioPreparation) {
  return {
    streamIndexes,
    inputFilters: textsOf(inputFilters),
    join: join?.filter ?? null,
    filters: textsOf(filters),
  };
}

function inputOf({ input, alsoReadStreamIndex }: FfmpegCommand) {
  return { input: input.map(({ options }) => options), alsoReadStreamIndex };
}

function optionsOf({ outputs }: FfmpegCommand, target: string): string[] {
  return outputs.find((output) => output.target === target)?.options ?? [];
}

/** What happens to a picture up to a label: the inputs, each a stream or filters of its own, and the filters that follow. */
interface FilterPath {
  readonly inputs: readonly (string | FilterPath)[];
  readonly filters: readonly string[];
}

/** Labels of the graph are names; a split gives the same picture several times. */
function filtersTo(graph: FilterGraph, label: string): FilterPath | string {
  const chain = graph.find(({ outputs }) => outputs.includes(label));
  if (chain === undefined) return label;
  const inputs = chain.inputs.map((input) => filtersTo(graph, input));
  const filters = chain.filters.filter((filter) => !/^split=\d+$/.test(filter));
  const [only] = inputs;
  // Where a chain ends is a matter of who else reads its picture.
  if (inputs.length !== 1 || only === undefined || typeof only === 'string') return { inputs, filters };
  return { inputs: only.inputs, filters: [...only.filters, ...filters] };
}

function textsOf(filters: readonly PlannedFilter[]): string[] {
  return filters.map(({ filter }) => filter);
}

function hashOf(recipe: unknown): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex');
}
