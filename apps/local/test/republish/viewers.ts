import { type StableFileName, stableKey } from '@fyrestream/events';

/** Fetches an object of the output bucket by its URL; fails where it is missing. */
export type Fetch = (url: URL) => Promise<string>;

/**
 * Opens a presentation as a player does, from its stable file down to the bytes that play. URIs are resolved by the URL
 * parser of the platform, which is the one of browsers.
 * @param stableFile the URL of the stable file
 * @returns the folders of the versions that it met on the way, each as it names itself
 */
export type Viewer = (stableFile: URL, fetchText: Fetch) => Promise<Set<string>>;

export const viewers: Record<StableFileName, Viewer> = {
  'poster.jpg': async (stableFile, fetchText) => new Set([await fetchText(stableFile)]),
  'master.m3u8': viewHls,
  'manifest.mpd': viewDash,
};

/** The URL of a stable file below the URL of the output bucket, with every part of the key encoded once. */
export function stableUrl(bucketUrl: string, sourceKey: string, fileName: StableFileName): URL {
  const path = stableKey(sourceKey, fileName).split('/').map(encodeURIComponent).join('/');
  return new URL(`${bucketUrl}/${path}`);
}

async function viewHls(master: URL, fetchText: Fetch): Promise<Set<string>> {
  const versions = new Set<string>();
  for (const uri of urisOf(await fetchText(master))) {
    const playlist = new URL(uri, master);
    versions.add(versionOf(playlist));
    for (const file of urisOf(await fetchText(playlist)))
      versions.add(await fetchText(new URL(file, playlist)));
  }
  return versions;
}

async function viewDash(manifest: URL, fetchText: Fetch): Promise<Set<string>> {
  const text = await fetchText(manifest);
  const [, baseUri = ''] = /<BaseURL>([^<]+)<\/BaseURL>/.exec(text) ?? [];
  const base = new URL(baseUri, manifest);
  const versions = new Set([versionOf(base)]);
  for (const [, id = ''] of text.matchAll(/<Representation id="([^"]+)"/g)) {
    for (const [, name = ''] of text.matchAll(/ (?:initialization|media)="([^"]+)"/g)) {
      const path = name.replace('$RepresentationID$', id).replace('$Number%05d$', '00001');
      versions.add(await fetchText(new URL(path, base)));
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

/** `versions/<jobId>/<token>/` of a URL. */
function versionOf({ pathname }: URL): string {
  return pathname.slice(1).split('/').slice(0, 3).join('/').concat('/');
}
