import type { StableFileName } from '@fyrestream/events';

/** Fetches below the stable files of one upload; fails where anything is missing. */
export type Fetch = (path: string) => Promise<string>;

/**
 * Opens a presentation as a player does, from its stable file down to the bytes that play.
 * @returns the versions that it met on the way, each as it names itself
 */
export type Viewer = (fetchText: Fetch) => Promise<Set<string>>;

export const viewers: Record<StableFileName, Viewer> = {
  'poster.jpg': async (fetchText) => new Set([await fetchText('poster.jpg')]),
  'master.m3u8': viewHls,
  'manifest.mpd': viewDash,
};

async function viewHls(fetchText: Fetch): Promise<Set<string>> {
  const versions = new Set<string>();
  const playlists = urisOf(await fetchText('master.m3u8'));
  for (const playlist of playlists) {
    versions.add(versionOf(playlist));
    for (const uri of urisOf(await fetchText(playlist)))
      versions.add(await fetchText(playlist.slice(0, playlist.lastIndexOf('/') + 1) + uri));
  }
  return versions;
}

async function viewDash(fetchText: Fetch): Promise<Set<string>> {
  const manifest = await fetchText('manifest.mpd');
  const [, base = ''] = /<BaseURL>([^<]+)<\/BaseURL>/.exec(manifest) ?? [];
  const versions = new Set([base]);
  for (const [, id = ''] of manifest.matchAll(/<Representation id="([^"]+)"/g)) {
    for (const [, name = ''] of manifest.matchAll(/ (?:initialization|media)="([^"]+)"/g)) {
      const path = name.replace('$RepresentationID$', id).replace('$Number%05d$', '00001');
      versions.add(await fetchText(base + path));
    }
  }
  return versions;
}

/** Every URI of a playlist, in a line of its own or in an attribute, each once. */
function urisOf(playlist: string): string[] {
  const lines = playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const attributes = [...playlist.matchAll(/URI="([^"]+)"/g)].map(([, uri = '']) => uri);
  return [...new Set([...lines, ...attributes])];
}

/** `<jobId>/<token>/` of a path below the stable files. */
function versionOf(path: string): string {
  return path.split('/').slice(0, 2).join('/').concat('/');
}
