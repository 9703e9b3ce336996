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
