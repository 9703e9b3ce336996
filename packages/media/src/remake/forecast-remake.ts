import { isDeepStrictEqual } from 'node:util';
import type { JobOutputs, LadderConfig, RecipeRendition, VersionRecipe } from '@fyrestream/events';
import { planRungs } from '../plan/plan-rungs.ts';
import { type EncodeWork, workOfSource } from '../size/encode-work.ts';

/** What is known of a published version without its source. */
export interface MadeVersion {
  readonly sizeBytes: number;
  readonly outputs: Pick<JobOutputs, 'durationSeconds' | 'renditions' | 'recipe'>;
}

export interface RemakeForecast {
  /** Ids of renditions. */
  readonly kept: readonly string[];
  readonly encoded: readonly string[];
  /** Whether the audio stays as it is; null without audio. */
  readonly keepsAudio: boolean | null;
  /** Whether the version would be as it is. */
  readonly isUnchanged: boolean;
  readonly work: EncodeWork;
  /** All that the ladder makes: the task is sized before anybody knows what is kept. */
  readonly wholeWork: EncodeWork;
}

/**
 * What a remake of a version by these settings would keep and encode, as the record of its job shows it: the worker decides by content
 * addresses, and keeps nothing that another ffmpeg, another image of a watermark or an earlier release has made.
 * @param ladder of the profile; its watermark `off` where the upload leaves it out
 */
export function forecastRemake({ sizeBytes, outputs }: MadeVersion, ladder: LadderConfig): RemakeForecast {
  const { recipe, durationSeconds, renditions } = outputs;
  if (recipe === undefined) return forecastWithoutRecipe({ sizeBytes, outputs }, ladder);
  const { video, audio } = recipe;
  const planned = video === null ? [] : planRungs({ ...video, displaySize: video }, ladder).renditions;
  const isSame = (one: RecipeRendition) =>
    video !== null &&
    isDeepStrictEqual(video.watermark, ladder.watermark) &&
    video.renditions.some((made) => isSameRendition(made, video.renditions, one, planned));
  const same = planned.filter(isSame);
  const hasSameAudio = audio && isSameAudio(audio, ladder.audio);
  const isReadable = recipe.encryption === 'off';
  const kept = isReadable ? same : [];
  const encoded = isReadable ? planned.filter((one) => !isSame(one)) : planned;
  const keepsAudio = audio && hasSameAudio && isReadable;
  const audioTracks = audio?.tracks ?? 0;
  const isDecoded = video !== null && encoded.length > 0;
  const bits = planned.reduce((sum, one) => sum + one.maximumBitrateBitsPerSecond, 0);
  const { width = null, height = null } = video ?? {};
  const isKept = ({ name, kind }: JobOutputs['renditions'][number]) =>
    kind === 'audio' ? keepsAudio === true : kept.some(({ id }) => id === name);
  return {
    kept: kept.map(({ id }) => id),
    encoded: encoded.map(({ id }) => id),
    keepsAudio,
    isUnchanged:
      same.length === planned.length &&
      same.length === (video?.renditions.length ?? 0) &&
      hasSameAudio !== false &&
      (audio?.surround !== 'keep' || ladder.audio.surround === 'keep') &&
      isDeepStrictEqual(recipe.encryption, ladder.encryption) &&
      isDeepStrictEqual(new Set(recipe.outputs), new Set(ladder.outputs)),
    work: {
      ...{ sizeBytes, durationSeconds, renditions: encoded },
      sourceSize: isDecoded ? { width: video.width, height: video.height } : null,
      sourceFrames: isDecoded ? video.sourceFrames : 0,
      frames: video?.frames ?? 0,
      filterCpuSecondsPerFrame: isDecoded ? video.filterCpuSecondsPerFrame : 0,
      audioTracks: keepsAudio ? 0 : audioTracks,
      keptTracks: kept.length + (keepsAudio ? audioTracks : 0),
      keptBytes: renditions.filter(isKept).reduce((sum, one) => sum + one.sizeBytes, 0),
      outputBytes: (durationSeconds * (bits + audioTracks * ladder.audio.bitrateBitsPerSecond)) / 8,
    },
    wholeWork: workOfSource({ sizeBytes, durationSeconds, width, height }, ladder),
  };
}

/** Everything is encoded; the largest rendition stands for the source. */
function forecastWithoutRecipe({ sizeBytes, outputs }: MadeVersion, ladder: LadderConfig): RemakeForecast {
  const { durationSeconds, renditions } = outputs;
  const video = renditions.filter(({ kind }) => kind === 'video');
  const [largest] = video.toSorted((left, right) => (right.width ?? 0) - (left.width ?? 0));
  const { width = null, height = null } = largest ?? {};
  const work = workOfSource({ sizeBytes, durationSeconds, width, height }, ladder);
  const displaySize = { width: width ?? 1, height: height ?? 1 };
  const source = { displaySize, codec: null, bitrateBitsPerSecond: null, dynamicRange: 'sdr' } as const;
  return {
    kept: [],
    encoded: largest ? planRungs(source, ladder).renditions.map(({ id }) => id) : [],
    keepsAudio: false,
    isUnchanged: false,
    wholeWork: work,
    work: largest ? work : { ...work, sourceSize: null, sourceFrames: 0, frames: 0, renditions: [] },
  };
}

/** The same settings, scaled through the same sizes from the largest one of its colours. */
function isSameRendition(
  made: RecipeRendition,
  madeBeside: readonly RecipeRendition[],
  planned: RecipeRendition,
  plannedBeside: readonly RecipeRendition[],
): boolean {
  return (
    isDeepStrictEqual(settingsOf(made), settingsOf(planned)) &&
    isDeepStrictEqual(sizesDownTo(made, madeBeside), sizesDownTo(planned, plannedBeside))
  );
}

function settingsOf({
  id,
  codec,
  width,
  height,
  constantRateFactor,
  maximumBitrateBitsPerSecond,
  speed,
  dynamicRange,
}: RecipeRendition) {
  return [id, codec, width, height, constantRateFactor, maximumBitrateBitsPerSecond, speed, dynamicRange];
}

function sizesDownTo(rendition: RecipeRendition, beside: readonly RecipeRendition[]): string[] {
  const pixels = ({ width, height }: RecipeRendition) => width * height;
  const isHdr = ({ dynamicRange }: RecipeRendition) => dynamicRange !== 'sdr';
  const larger = beside
    .filter((one) => isHdr(one) === isHdr(rendition) && pixels(one) >= pixels(rendition))
    .toSorted((left, right) => pixels(right) - pixels(left));
  return [...new Set(larger.map(({ width, height }) => `${width}x${height}`))];
}

function isSameAudio(
  { bitrateBitsPerSecond, loudness, surround }: NonNullable<VersionRecipe['audio']>,
  wanted: LadderConfig['audio'],
): boolean {
  return (
    bitrateBitsPerSecond === wanted.bitrateBitsPerSecond &&
    isDeepStrictEqual(loudness, wanted.loudness) &&
    // Without 5.1, stereo stays as it is.
    (surround === 'none' || surround === 'keep' || wanted.surround === 'off')
  );
}
