import { FyrestreamError, type UploadOptions } from '@fyrestream/events';
import { languageTag } from '../facts/language-tag.ts';
import type { EncodePlan, PlannedAudioTrack } from './encode-plan.ts';
import { uniqueName } from './plan-audio.ts';
import { stereoTrackId } from './surround-track-id.ts';

/**
 * The plan with what the upload says about itself: title, poster, languages and names of audio tracks.
 * @throws FyrestreamError `options-invalid` if they do not fit the source
 */
export function applyUploadOptions(plan: EncodePlan, options: UploadOptions): EncodePlan {
  const { title, posterSeconds, audio } = options;
  const posterTime = posterSeconds === undefined ? undefined : posterTimeOf(plan, posterSeconds);
  return {
    ...plan,
    ...(title !== undefined && { title }),
    ...(posterTime !== undefined && { posterSeconds: posterTime }),
    ...(audio !== undefined && { audio: labelAudio(plan.audio, audio) }),
  };
}

/** In the output; the option counts from the beginning of the whole video. */
function posterTimeOf({ video, durationSeconds, trim }: EncodePlan, posterSeconds: number): number {
  if (video === null) throw invalid(`options.posterSeconds is ${posterSeconds}, but the upload has no video`);
  const shift = trim?.shiftSeconds ?? 0;
  const end = durationSeconds === null ? null : durationSeconds + shift;
  if (end !== null && posterSeconds > end) {
    const what = trim === null ? 'the upload' : 'options.trim';
    throw invalid(`options.posterSeconds is ${posterSeconds}, but ${what} ends after ${end.toFixed(3)} s`);
  }
  // Typed seconds may be those of a frame, rounded.
  if (posterSeconds < shift - 0.001)
    throw invalid(
      `options.posterSeconds is ${posterSeconds}, but options.trim begins at ${shift.toFixed(3)} s`,
    );
  return Math.max(0, posterSeconds - shift);
}

/** Tracks are counted in the order of the source; the plan has its default first, and the 5.1 of a track has its language and name. */
function labelAudio(
  tracks: PlannedAudioTrack[],
  options: NonNullable<UploadOptions['audio']>,
): PlannedAudioTrack[] {
  const streams = [...new Set(tracks.map(({ streamIndex }) => streamIndex))].toSorted((a, b) => a - b);
  if (options.length > streams.length) {
    throw invalid(
      `options.audio has ${options.length} entries, but the upload has ${streams.length} audio tracks`,
    );
  }
  const names = new Map<string, number>();
  const stereo = tracks
    .filter(({ channels }) => channels === 2)
    .map((track) => {
      const { name, language } = options[streams.indexOf(track.streamIndex)] ?? {};
      const labelled = language === undefined ? track : { ...track, language: languageTag(language) };
      const kept = language === undefined ? track.name : null;
      return { ...labelled, name: uniqueName({ ...labelled, title: name ?? kept }, names) };
    });
  return tracks.flatMap((track) => {
    const labelled = stereo.find(({ id }) => id === stereoTrackId(track.id));
    return labelled ? { ...track, language: labelled.language, name: labelled.name } : [];
  });
}

function invalid(what: string): FyrestreamError {
  return new FyrestreamError({
    code: 'options-invalid',
    message: `The options of the upload do not fit it: ${what}.`,
    retryable: false,
  });
}
