import { Hls, type HlsVideoElement } from 'hls-video-element';

/** What the element has of the package media-tracks, and its types do not name. */
interface AudioTrackList {
  readonly audioTracks: Iterable<{ readonly id?: string | undefined }>;
  removeAudioTrack(track: { readonly id?: string | undefined }): void;
}

/**
 * Keeps the variants and audio tracks of the first audio group, that in stereo. hls.js takes the variants with 5.1 for higher
 * qualities and switches between the groups with the bandwidth; the menus would have each quality and language twice.
 */
export function playFirstAudioGroup(element: HlsVideoElement): void {
  const hls = element.api;
  const list = element as HlsVideoElement & AudioTrackList;
  hls?.once(Hls.Events.MANIFEST_PARSED, () => {
    const first = hls.levels[hls.firstLevel];
    const group = first?.audioGroupId;
    if (first === undefined || group === undefined) return;
    const others = hls.levels.flatMap((level, index) => (level.audioGroupId === group ? [] : index));
    for (const index of others.reverse()) hls.removeLevel(index);
    if (others.length > 0) hls.firstLevel = hls.levels.indexOf(first);
    for (const track of [...list.audioTracks]) {
      if (hls.allAudioTracks[Number(track.id)]?.groupId !== group) list.removeAudioTrack(track);
    }
  });
}
