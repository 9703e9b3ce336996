/** A line of a media playlist as `renderMediaPlaylist` writes it. */
const keyLine = /^(#EXT-X-KEY:METHOD=AES-128,URI=")[^"]*"/gm;

/** Whether a media playlist names a key. */
export function namesKey(playlist: string): boolean {
  return playlist.search(keyLine) >= 0;
}

/** A media playlist whose players get the key at another URI. */
export function replaceKeyUri(playlist: string, uri: string): string {
  return playlist.replaceAll(keyLine, (_line, before: string) => `${before}${uri}"`);
}
