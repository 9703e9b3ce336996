/**
 * The stable files of a version without HLS or DASH. They replace those of an earlier version, and its writes that are still on
 * their way then fail. Like all stable files they name their version, so that two versions never have the same ETag.
 * @param prefix the folder of the version
 */
export function emptyMasterPlaylist(prefix: string): string {
  return `#EXTM3U\n# ${prefix} has no HLS.\n`;
}

export function emptyManifest(prefix: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<!-- ${prefix} has no DASH. -->`,
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static"/>\n',
  ].join('\n');
}
