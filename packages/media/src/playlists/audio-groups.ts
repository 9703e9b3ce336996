import type { AudioTrackManifest } from '../cmaf/track-manifest.ts';
import { isSurround, stereoTrackId } from '../plan/surround-track-id.ts';
import { labelTracks, type TrackLabel } from './track-labels.ts';

/** An audio track in a playlist. */
export interface LabelledAudio {
  readonly track: AudioTrackManifest;
  readonly label: TrackLabel;
  /** Whether it plays unless the viewer selects another. */
  readonly isDefault: boolean;
}

/** Tracks of which a player chooses one; each group has the same sounds. */
export interface AudioGroup {
  readonly id: 'audio' | 'audio-surround';
  readonly tracks: readonly LabelledAudio[];
}

/**
 * The audio groups of a playlist: all tracks in stereo, and a second group if some of them are published in 5.1 too. All groups
 * must have the same members, which differ only in URI and channels: a track without 5.1 is in both.
 * Source: draft-pantos-hls-rfc8216bis, 4.4.6.1.1.
 */
export function audioGroups(audio: readonly AudioTrackManifest[]): AudioGroup[] {
  const stereo = audio.filter(({ trackId }) => !isSurround(trackId));
  const surround = audio.filter(({ trackId }) => isSurround(trackId));
  const labels = labelTracks(stereo, 'Audio');
  const tracks = stereo.map((track, index): LabelledAudio => {
    const label = labels[index] ?? { name: track.trackId, language: null, isFirstOfLanguage: true };
    return { track, label, isDefault: index === 0 };
  });
  if (tracks.length === 0) return [];
  const main: AudioGroup = { id: 'audio', tracks };
  if (surround.length === 0) return [main];
  const inSurround = tracks.map((member) => {
    const own = surround.find(({ trackId }) => stereoTrackId(trackId) === member.track.trackId);
    return own ? { ...member, track: own } : member;
  });
  return [main, { id: 'audio-surround', tracks: inSurround }];
}
