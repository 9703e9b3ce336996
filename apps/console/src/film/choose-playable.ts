import type { Video } from './use-video.ts';

/** What a player on a web page can play of a film, as it is passed to the player. */
export interface Playable {
  /** HLS. */
  readonly playlistUrl: string | null;
  /** One file; null where there is a playlist. */
  readonly fileUrl: string | null;
  /** WebVTT files that play with the file; a playlist names its own. */
  readonly captions: Video['captions'];
}

/** The playlist; without HLS the largest MP4 in a codec that every browser plays. Null where neither has an address. */
export function choosePlayable({
  playlist,
  files,
  captions,
}: Pick<Video, 'playlist' | 'files' | 'captions'>): Playable | null {
  if (playlist !== null)
    return playlist.url === null ? null : { playlistUrl: playlist.url, fileUrl: null, captions: [] };
  const plain = files.filter(({ codec }) => codec === 'h264' || codec === 'aac');
  const [largest] = plain.toSorted((one, other) => (other.height ?? 0) - (one.height ?? 0));
  return largest === undefined ? null : { playlistUrl: null, fileUrl: largest.url, captions };
}
