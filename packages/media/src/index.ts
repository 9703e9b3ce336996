export {
  createTrackPackager,
  type PackagedFile,
  type TrackPackager,
  type TrackPackagerOptions,
} from './cmaf/create-track-packager.ts';
export { joinTrackManifests } from './cmaf/join-track-manifests.ts';
export type { Rational } from './cmaf/rational.ts';
export {
  iframePlaylistFileName,
  initFileName,
  mediaPlaylistFileName,
  segmentFileName,
} from './cmaf/track-file-names.ts';
export {
  type AudioTrackManifest,
  audioTrackManifestSchema,
  type Gop,
  type Segment,
  type TrackManifest,
  trackManifestSchema,
  type VideoTrackManifest,
  videoTrackManifestSchema,
} from './cmaf/track-manifest.ts';
export { addTimestampMap } from './playlists/add-timestamp-map.ts';
export {
  type Bandwidth,
  measureBandwidth,
  measureIframeBandwidth,
} from './playlists/measure-bandwidth.ts';
export {
  createPresentation,
  type Presentation,
  type SubtitleTrack,
  subtitleFileName,
} from './playlists/presentation.ts';
export { renderDashManifest } from './playlists/render-dash-manifest.ts';
export { renderIFramePlaylist } from './playlists/render-iframe-playlist.ts';
export { renderMasterPlaylist } from './playlists/render-master-playlist.ts';
export { renderMediaPlaylist } from './playlists/render-media-playlist.ts';
export { type PlaylistFile, renderPlaylists } from './playlists/render-playlists.ts';
export { renderSubtitlePlaylist } from './playlists/render-subtitle-playlist.ts';
export { trackDurationSeconds, trackFrameRate } from './playlists/track-times.ts';
