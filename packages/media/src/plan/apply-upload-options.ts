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
  if (posterSeconds !== undefined) requirePosterTime(plan, posterSeconds);
  return {
    ...plan,
    ...(title !== undefined && { title }),
    ...(posterSeconds !== undefined && { posterSeconds }),
    ...(audio !== undefined && { audio: labelAudio(plan.audio, audio) }),
  };
}

function requirePosterTime({ video, durationSeconds }: EncodePlan, posterSeconds: number): void {
  if (video === null) throw invalid(`options.posterSeconds is ${posterSeconds}, but the upload has no video`);
  if (durationSeconds !== null && posterSeconds > durationSeconds) {
    throw invalid(
      `options.posterSeconds is ${posterSeconds}, but the upload ends after ${durationSeconds.toFixed(3)} s`,
    );
  }
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
