import type { AudioRole } from '../facts/audio-role.ts';

interface Labelled {
  readonly language: string | null;
  readonly name: string | null;
  readonly forced?: boolean;
  readonly hearingImpaired?: boolean | undefined;
  readonly role?: AudioRole;
}

export interface TrackLabel {
  /** Unique within the list. */
  readonly name: string;
  /** A well-formed language tag, or null. */
  readonly language: string | null;
  /**
   * Whether it is the first one of its language and role: players may select by themselves only tracks that they can
   * distinguish.
   */
  readonly isFirstOfLanguage: boolean;
}

/** Subtags of letters and digits; only the syntax is checked. Source: BCP 47, 2.1. */
const languageTag = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;

/** The names and languages of the renditions of one group. Source: RFC 8216, 4.3.4.1.1 (names must differ). */
export function labelTracks(tracks: readonly Labelled[], fallbackName: string): TrackLabel[] {
  const takenNames = new Set<string>();
  const takenLanguages = new Set<string>();
  return tracks.map((track, index) => {
    const language = track.language !== null && languageTag.test(track.language) ? track.language : null;
    const wanted = track.name?.trim() || language || `${fallbackName} ${index + 1}`;
    let name = wanted;
    for (let number = 2; takenNames.has(name); number++) name = `${wanted} (${number})`;
    takenNames.add(name);
    const choice = `${language} ${track.forced ?? false} ${track.hearingImpaired ?? false} ${track.role ?? 'main'}`;
    const isFirstOfLanguage = !takenLanguages.has(choice);
    takenLanguages.add(choice);
    return { name, language, isFirstOfLanguage };
  });
}
