import type { AudioRole } from '../facts/audio-role.ts';

interface Labelled {
  readonly language: string | null;
  readonly name: string | null;
  readonly forced?: boolean;
  readonly role?: AudioRole;
}

export interface RenditionLabel {
  /** Different from all others in the list. */
  readonly name: string;
  /** A well-formed language tag, or null. */
  readonly language: string | null;
  /** Whether it is the first of its language and role: players may choose by themselves only what they can tell apart. */
  readonly isFirstOfLanguage: boolean;
}

/** Subtags of letters and digits, as far as their shape goes. Source: BCP 47, 2.1. */
const languageTag = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;

/** How the renditions of one group are called. Source: RFC 8216, 4.3.4.1.1 (names must differ). */
export function labelRenditions(tracks: readonly Labelled[], fallbackName: string): RenditionLabel[] {
  const takenNames = new Set<string>();
  const takenLanguages = new Set<string>();
  return tracks.map((track, index) => {
    const language = track.language !== null && languageTag.test(track.language) ? track.language : null;
    const wanted = track.name?.trim() || language || `${fallbackName} ${index + 1}`;
    let name = wanted;
    for (let number = 2; takenNames.has(name); number++) name = `${wanted} (${number})`;
    takenNames.add(name);
    const choice = `${language} ${track.forced ?? false} ${track.role ?? 'main'}`;
    const isFirstOfLanguage = !takenLanguages.has(choice);
    takenLanguages.add(choice);
    return { name, language, isFirstOfLanguage };
  });
}
