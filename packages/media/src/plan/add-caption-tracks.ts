import { audioUnitId, type LeftOut } from '@fyrestream/events';
import { fileName } from '../beside/file-name.ts';
import type { CaptionFile } from '../captions/choose-caption-files.ts';
import type { ConvertedCaptions } from '../captions/convert-captions.ts';
import type { EncodePlan, PlannedCaptionFile, PlannedSubtitleTrack } from './encode-plan.ts';
import { languageName } from './language-name.ts';
import { uniqueName } from './plan-audio.ts';

/** A caption file that was converted without a refusal. */
export interface ReadCaptionFile {
  readonly file: CaptionFile;
  readonly converted: Pick<ConvertedCaptions, 'format' | 'encoding'>;
}

export interface CaptionsOfUpload {
  readonly tracks: readonly ReadCaptionFile[];
  /** All that were found, also those that are not used. */
  readonly files: readonly PlannedCaptionFile[];
  readonly leftOut: readonly LeftOut[];
}

/** Adds the caption files beside an upload to its plan: their tracks follow those of its streams. */
export function addCaptionTracks(plan: EncodePlan, { tracks, files, leftOut }: CaptionsOfUpload): EncodePlan {
  const names = new Map(plan.subtitles.map(({ name }) => [name, 1]));
  const added = tracks.map(
    ({ file, converted }, index): PlannedSubtitleTrack => ({
      id: `subtitles-${plan.subtitles.length + index + 1}`,
      streamIndex: null,
      captionKey: file.key,
      codec: null,
      language: file.language,
      name: uniqueName({ title: nameOf(file), language: file.language }, names),
      // As with streams, viewers turn subtitles on; players show forced ones by themselves.
      isDefault: false,
      isForced: file.isForced,
      isHearingImpaired: file.isHearingImpaired,
      why: `${fileName(file.key)} beside the upload is ${converted.format} in ${converted.encoding}: converted to WebVTT`,
    }),
  );
  const hasAudioUnit = plan.units.some(({ kind }) => kind === 'audio');
  return {
    ...plan,
    subtitles: [...plan.subtitles, ...added],
    captionFiles: [...files],
    leftOut: [...plan.leftOut, ...leftOut],
    // It also converts captions.
    units:
      hasAudioUnit || added.length === 0
        ? plan.units
        : [{ id: audioUnitId, kind: 'audio', range: null }, ...plan.units],
  };
}

function nameOf({ language, isForced, isHearingImpaired }: CaptionFile): string {
  const plain = language === null ? 'Subtitles' : languageName(language);
  const marks = [...(isForced ? ['forced'] : []), ...(isHearingImpaired ? ['SDH'] : [])];
  return marks.length === 0 ? plain : `${plain} (${marks.join(', ')})`;
}
