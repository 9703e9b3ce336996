import type { EncodePlan, PlannedSubtitleTrack } from './encode-plan.ts';

/** A subtitle track that is a stream of the source. */
export type EmbeddedSubtitleTrack = PlannedSubtitleTrack & { readonly streamIndex: number };

export function embeddedSubtitles({ subtitles }: Pick<EncodePlan, 'subtitles'>): EmbeddedSubtitleTrack[] {
  return subtitles.filter((track): track is EmbeddedSubtitleTrack => track.streamIndex !== null);
}
