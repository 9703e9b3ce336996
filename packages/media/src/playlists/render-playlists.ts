import {
  dashManifestFileName,
  iframePlaylistFileName,
  masterPlaylistFileName,
  mediaPlaylistFileName,
  type OutputKind,
  outputKinds,
} from '@fyrestream/events';
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
 */
export function renderPlaylists(
  presentation: Presentation,
  outputs: readonly OutputKind[] = outputKinds,
): PlaylistFile[] {
  const manifest = { path: dashManifestFileName, contentType: 'application/dash+xml' as const };
  return [
    ...(outputs.includes('hls') ? renderMediaPlaylists(presentation) : []),
    ...(outputs.includes('dash') ? [{ ...manifest, text: renderDashManifest(presentation) }] : []),
    ...(outputs.includes('hls') ? [hlsFile(masterPlaylistFileName, renderMasterPlaylist(presentation))] : []),
  ];
}

function renderMediaPlaylists(presentation: Presentation): PlaylistFile[] {
  const tracks = [...presentation.video, ...presentation.audio];
  const target = {
    targetDurationSeconds: Math.max(
      ...tracks.map((track) => targetDurationSeconds(track.segments, track.timescale)),
    ),
  };
  const durationSeconds = Math.max(...tracks.map(trackDurationSeconds));
  return [
    ...tracks.map((track) =>
      hlsFile(`${track.trackId}/${mediaPlaylistFileName}`, renderMediaPlaylist(track, target)),
    ),
    ...presentation.video.map((track) =>
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
