import { packagingError } from '../cmaf/packaging-error.ts';

/** A file that a playlist or manifest refers to, relative to the folder of the version. */
export interface ReferencedFile {
  readonly path: string;
  /** The end of the referenced part in bytes; 0 for the whole file. */
  readonly endBytes: number;
}

/**
 * The files that an HLS playlist refers to, resolved against the playlist's own path. Keys are not files of the version. Source:
 * RFC 8216, 4.1 and 4.3.2.2.
 * @throws FyrestreamError `packaging-failed` if it is no playlist, or refers to a file outside of the version
 */
export function hlsReferencedFiles(path: string, text: string): ReferencedFile[] {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines[0] !== '#EXTM3U') throw packagingError(`${path} is not a playlist.`);
  const isMedia = lines.some((line) => line.startsWith('#EXTINF:'));
  if (isMedia && lines.at(-1) !== '#EXT-X-ENDLIST') throw packagingError(`${path} has no EXT-X-ENDLIST.`);
  const references: ReferencedFile[] = [];
  let endBytes = 0;
  for (const line of lines) {
    if (line.startsWith('#EXT-X-KEY:')) continue;
    const uri = line.startsWith('#') ? /URI="([^"]*)"/.exec(line)?.[1] : line;
    const range = /^#EXT-X-BYTERANGE:(\d+)@(\d+)$/.exec(line);
    if (range) endBytes = Number(range[1]) + Number(range[2]);
    if (uri === undefined) continue;
    references.push({ path: resolve(path, uri), endBytes });
    endBytes = 0;
  }
  return references;
}

/**
 * The files that a DASH manifest of Fyrestream refers to; only its own form is parsed: one template for each
 * representation.
 * @throws FyrestreamError `packaging-failed`
 */
export function dashReferencedFiles(path: string, text: string): ReferencedFile[] {
  if (!text.includes('<MPD') || !text.trimEnd().endsWith('</MPD>')) {
    throw packagingError(`${path} is not a complete manifest.`);
  }
  const sets = text.match(/<AdaptationSet[\s\S]*?<\/AdaptationSet>/g) ?? [];
  const uris = sets.flatMap((set) => {
    const shared = templateOf(set);
    const representations = set.match(/<Representation[^>]*?(\/>|>[\s\S]*?<\/Representation>)/g) ?? [];
    return representations.flatMap((representation) => {
      const id = attribute(representation, 'id');
      const whole = /<BaseURL>([^<]*)<\/BaseURL>/.exec(representation)?.[1];
      return whole === undefined ? expand(templateOf(representation) ?? shared, id) : [whole];
    });
  });
  if (uris.length === 0) throw packagingError(`${path} has no representation.`);
  return uris.map((uri) => ({ path: resolve(path, uri), endBytes: 0 }));
}

function templateOf(text: string): string | null {
  return /<SegmentTemplate[\s\S]*?<\/SegmentTemplate>/.exec(text)?.[0] ?? null;
}

function expand(template: string | null, id: string): string[] {
  if (template === null) return [];
  const runs = template.match(/<S [^>]*>/g) ?? [];
  const count = runs.reduce((sum, run) => sum + 1 + Number(attribute(run, 'r') || 0), 0);
  const first = Number(attribute(template, 'startNumber') || 1);
  const named = (pattern: string) => pattern.replaceAll('$RepresentationID$', id);
  return [
    named(attribute(template, 'initialization')),
    ...Array.from({ length: count }, (_, index) =>
      named(attribute(template, 'media')).replace(/\$Number%0(\d+)d\$/, (_match, width) =>
        String(first + index).padStart(Number(width), '0'),
      ),
    ),
  ];
}

function attribute(text: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(text)?.[1] ?? '';
}

/** References are plain names in or below the playlist's own folder. */
function resolve(playlistPath: string, uri: string): string {
  if (uri === '' || uri.includes('..') || uri.startsWith('/') || /^[a-z]+:/i.test(uri)) {
    throw packagingError(
      `${playlistPath} refers to ${JSON.stringify(uri)}, which is not a file of its version.`,
    );
  }
  return playlistPath.slice(0, playlistPath.lastIndexOf('/') + 1) + uri;
}
