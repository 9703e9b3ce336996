import {
  dashManifestFileName,
  iframePlaylistFileName,
  masterPlaylistFileName,
  mediaPlaylistFileName,
  type OutputKind,
  outputKinds,
} from '@fyrestream/events';
import { packagingError } from '../cmaf/packaging-error.ts';
import { trickPlayTracks } from '../encryption/as-published.ts';
import type { Presentation } from './presentation.ts';
import { renderDashManifest } from './render-dash-manifest.ts';
import { renderIFramePlaylist } from './render-iframe-playlist.ts';
import { renderMasterPlaylist } from './render-master-playlist.ts';
import { renderMediaPlaylist } from './render-media-playlist.ts';
import { renderSubtitlePlaylist } from './render-subtitle-playlist.ts';
import { targetDurationSeconds, trackDurationSeconds } from './track-times.ts';

export interface PlaylistFile {
  /** Relative to the folder of the presentation. */
  readonly path: string;
  readonly contentType: 'application/vnd.apple.mpegurl' | 'application/dash+xml';
  readonly text: string;
}

/**
 * Renders every playlist and manifest of a presentation, referenced files before those that refer to them: the master
 * is last.
 * @param outputs what is published; playlists and manifests of other kinds are not rendered
 * @param keyUri where players get the key of an encrypted presentation
 * @throws FyrestreamError `packaging-failed` for DASH of an encrypted presentation, or without the URI of its key
 */
export function renderPlaylists(
  presentation: Presentation,
  outputs: readonly OutputKind[] = outputKinds,
  keyUri?: string,
): PlaylistFile[] {
  if (presentation.isEncrypted && (keyUri === undefined || outputs.includes('dash'))) {
    throw packagingError('An encrypted presentation needs the URI of its key, and cannot have DASH.');
  }
  const manifest = { path: dashManifestFileName, contentType: 'application/dash+xml' as const };
  return [
    ...(outputs.includes('hls') ? renderMediaPlaylists(presentation, keyUri) : []),
    ...(outputs.includes('dash') ? [{ ...manifest, text: renderDashManifest(presentation) }] : []),
    ...(outputs.includes('hls') ? [hlsFile(masterPlaylistFileName, renderMasterPlaylist(presentation))] : []),
  ];
}

function renderMediaPlaylists(presentation: Presentation, keyUri: string | undefined): PlaylistFile[] {
  const tracks = [...presentation.video, ...presentation.audio];
  const options = {
    keyUri,
    targetDurationSeconds: Math.max(
      ...tracks.map((track) => targetDurationSeconds(track.segments, track.timescale)),
    ),
  };
  const durationSeconds = Math.max(...tracks.map(trackDurationSeconds));
  return [
    ...tracks.map((track) =>
      hlsFile(`${track.trackId}/${mediaPlaylistFileName}`, renderMediaPlaylist(track, options)),
    ),
    ...trickPlayTracks(presentation).map((track) =>
      hlsFile(`${track.trackId}/${iframePlaylistFileName}`, renderIFramePlaylist(track)),
    ),
    ...presentation.subtitles.map((track) =>
      hlsFile(`${track.trackId}/${mediaPlaylistFileName}`, renderSubtitlePlaylist(durationSeconds)),
    ),
  ];
}

function hlsFile(path: string, text: string): PlaylistFile {
  return { path, contentType: 'application/vnd.apple.mpegurl', text };
}
