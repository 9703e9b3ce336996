import { checkMasterRules } from './check-master-rules.ts';
import { checkMediaRules } from './check-media-rules.ts';
import type { HlsFiles } from './hls-files.ts';
import { readPlaylistLines } from './read-playlist-lines.ts';

/**
 * Violations of Apple's HLS authoring specification or RFC 8216, as sentences. Only rules that can be checked from
 * playlists and file sizes, for VOD in fragmented MP4. It does not parse media and does not replace
 * mediastreamvalidator.
 * @see https://developer.apple.com/documentation/http-live-streaming/hls-authoring-specification-for-apple-devices
 */
export function checkHlsAuthoring(files: HlsFiles): string[] {
  const master = readPlaylistLines(files.master);
  const references = master.flatMap(({ tag, attributes, uri }) => {
    const target = uri !== null && tag === 'EXT-X-STREAM-INF' ? uri : attributes.get('URI');
    return target === undefined ? [] : [target];
  });
  const missing = references.filter((uri) => !files.playlists.has(uri));
  return [
    ...missing.map((uri) => `master: ${uri} is missing`),
    ...checkMasterRules(master),
    ...checkMediaRules(master, files),
  ];
}
