import { nameLanguage } from './name-language.ts';
import type { Video } from './use-video.ts';

export interface ListedTrack {
  /** As the menu of the player shows it. */
  readonly name: string;
  readonly kind: 'Audio' | 'Captions' | 'Forced captions';
  readonly language: string | null;
  /** `stereo`, `5.1`; empty for captions. */
  readonly channels: string;
  /** Whether it plays, or shows, until the viewer chooses another. */
  readonly isDefault: boolean;
}

/** The audio tracks and captions of a film. */
export function listTracks({ audio, captions }: Pick<Video, 'audio' | 'captions'>): ListedTrack[] {
  return [
    ...audio.map(({ name, language, channels, isDefault }) => ({
      ...{ name, kind: 'Audio' as const, language: nameLanguage(language) },
      ...{ channels: channels === null ? 'not known' : nameChannels(channels), isDefault },
    })),
    ...captions.map(({ name, language, isForced, isDefault }) => ({
      ...{ name, kind: isForced ? ('Forced captions' as const) : ('Captions' as const) },
      ...{ language: nameLanguage(language), channels: '', isDefault },
    })),
  ];
}

const layouts: Readonly<Record<number, string>> = { 1: 'mono', 2: 'stereo', 6: '5.1', 8: '7.1' };

function nameChannels(channels: number): string {
  return layouts[channels] ?? String(channels);
}
