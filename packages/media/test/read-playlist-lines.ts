/** One tag with its value, its attributes if it has a list of them, and the URI line after it. */
export interface PlaylistLine {
  readonly tag: string;
  readonly value: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly uri: string | null;
}

/** Tags in their order. It deliberately shares no code with the playlist renderers. */
export function readPlaylistLines(text: string): PlaylistLine[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.flatMap((line, index) => {
    const [, tag, value = ''] = /^#(EXT[A-Z0-9-]+)(?::(.*))?$/.exec(line) ?? [];
    if (tag === undefined) return [];
    const following = lines.slice(index + 1).find((next) => !next.startsWith('#EXT-X-BYTERANGE'));
    const uri = following === undefined || following.startsWith('#') ? null : following;
    return [{ tag, value, attributes: readAttributes(value), uri }];
  });
}

function readAttributes(value: string): Map<string, string> {
  const pairs = value.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^",]*)/g);
  return new Map([...pairs].map(([, name = '', text = '']) => [name, text.replaceAll('"', '')]));
}
