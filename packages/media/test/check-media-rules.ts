import { dirname, join } from 'node:path/posix';
import type { HlsFiles } from './hls-files.ts';
import { type PlaylistLine, readPlaylistLines } from './read-playlist-lines.ts';

interface MediaPlaylist {
  readonly uri: string;
  readonly kind: 'variant' | 'audio' | 'subtitles' | 'iframes';
  readonly lines: readonly PlaylistLine[];
  readonly targetSeconds: number;
  readonly durationsSeconds: readonly number[];
  readonly sizesBytes: readonly number[];
}

export function checkMediaRules(master: readonly PlaylistLine[], files: HlsFiles): string[] {
  const playlists = [...files.playlists].map(([uri, text]) => readMediaPlaylist(uri, text, master, files));
  const timed = playlists.filter(({ kind }) => kind === 'variant' || kind === 'audio');
  const problems = playlists.flatMap(checkPlaylist);
  const must = (isKept: boolean, rule: string) => isKept || problems.push(rule);

  must(
    new Set(timed.map((one) => one.targetSeconds)).size <= 1,
    'variants and audio have one target duration',
  );
  const max = Math.max(...timed.map(totalSeconds));
  for (const playlist of timed) {
    const { uri, targetSeconds } = playlist;
    must(max - totalSeconds(playlist) <= targetSeconds, `${uri} lasts as long as the others`);
  }
  for (const iframes of playlists.filter(({ kind }) => kind === 'iframes')) {
    const variant = timed.find(({ uri }) => dirname(uri) === dirname(iframes.uri));
    const difference = Math.abs(totalSeconds(iframes) - (variant ? totalSeconds(variant) : 0));
    must(difference < 0.001, `${iframes.uri} lasts as long as its variant`);
  }
  return [...problems, ...checkBandwidths(master, playlists)];
}

function checkPlaylist(playlist: MediaPlaylist): string[] {
  const { uri, kind, lines, targetSeconds, durationsSeconds } = playlist;
  const problems: string[] = [];
  const must = (isKept: boolean, rule: string) => isKept || problems.push(`${uri}: ${rule}`);
  const tagValue = (tag: string) => lines.find((line) => line.tag === tag)?.value;
  const version = Number(tagValue('EXT-X-VERSION') ?? 1);
  must(lines[0]?.tag === 'EXTM3U', 'starts with EXTM3U');
  must(lines.at(-1)?.tag === 'EXT-X-ENDLIST', 'ends with EXT-X-ENDLIST');
  must(tagValue('EXT-X-PLAYLIST-TYPE') === 'VOD', 'has the type VOD');
  must(durationsSeconds.length > 0, 'has segments');
  must(
    durationsSeconds.every((duration) => duration > 0 && Math.round(duration) <= targetSeconds),
    'has no segment longer than the target duration',
  );
  if (kind !== 'subtitles') {
    must(version >= 6, 'has the version that EXT-X-MAP needs');
    must(tagValue('EXT-X-MAP') !== undefined, 'has an init segment');
    must(!playlist.sizesBytes.includes(0), 'refers to files and ranges that exist');
  }
  if (kind === 'iframes') must(tagValue('EXT-X-I-FRAMES-ONLY') !== undefined, 'has EXT-X-I-FRAMES-ONLY');
  return problems;
}

/** Measured peaks and averages must be within 10% of the values in the master playlist. */
function checkBandwidths(master: readonly PlaylistLine[], playlists: readonly MediaPlaylist[]): string[] {
  const problems: string[] = [];
  const rates = playlists.map((playlist) => ({ ...playlist, ...measuredRates(playlist) }));
  const renditions = (kind: MediaPlaylist['kind'], rate: 'peak' | 'average') =>
    Math.max(0, ...rates.filter((one) => one.kind === kind).map((one) => one[rate]));
  const hasVideo = master.some((line) => line.attributes.has('RESOLUTION'));
  for (const { tag, attributes, uri } of master) {
    if (!attributes.has('BANDWIDTH')) continue;
    const own = rates.find(
      (one) => one.uri === (uri !== null && tag === 'EXT-X-STREAM-INF' ? uri : attributes.get('URI')),
    );
    const check = (name: string, rate: 'peak' | 'average') => {
      const others = own?.kind === 'variant' && hasVideo ? renditions('audio', rate) : 0;
      const measured = (own?.[rate] ?? 0) + others;
      const said = Number(attributes.get(name));
      if (Math.abs(said - measured) > 0.1 * measured) {
        problems.push(`master: ${own?.uri} declares ${name} ${said} and has ${Math.round(measured)}`);
      }
    };
    check('BANDWIDTH', 'peak');
    check('AVERAGE-BANDWIDTH', 'average');
  }
  return problems;
}

/** The highest bitrate of windows of 0.5 to 1.5 target durations, and the average. */
function measuredRates({ targetSeconds, durationsSeconds, sizesBytes }: MediaPlaylist) {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const average = (sum(sizesBytes) * 8) / sum(durationsSeconds);
  const windows = durationsSeconds.flatMap((_, first) =>
    durationsSeconds.map((_, last) => [first, last + 1] as const).filter(([start, end]) => end > start),
  );
  const peaks = windows.flatMap(([start, end]) => {
    const seconds = sum(durationsSeconds.slice(start, end));
    if (seconds < 0.5 * targetSeconds || seconds > 1.5 * targetSeconds) return [];
    return [(sum(sizesBytes.slice(start, end)) * 8) / seconds];
  });
  return { average, peak: peaks.length > 0 ? Math.max(...peaks) : average };
}

function readMediaPlaylist(
  uri: string,
  text: string,
  master: readonly PlaylistLine[],
  files: HlsFiles,
): MediaPlaylist {
  const lines = readPlaylistLines(text);
  const ranges = lines.filter((line) => line.tag === 'EXT-X-BYTERANGE').map((line) => line.value);
  const segments = lines.filter((line) => line.tag === 'EXTINF');
  return {
    uri,
    kind: playlistKind(uri, master),
    lines,
    targetSeconds: Number(lines.find((line) => line.tag === 'EXT-X-TARGETDURATION')?.value),
    durationsSeconds: segments.map((line) => Number.parseFloat(line.value)),
    sizesBytes: segments.map((line, index) => {
      const fileBytes = files.sizesBytes.get(join(dirname(uri), line.uri ?? '')) ?? 0;
      if (ranges.length === 0) return fileBytes;
      const [length = 0, offset = 0] = (ranges[index] ?? '').split('@').map(Number);
      return offset + length <= fileBytes ? length : 0;
    }),
  };
}

function playlistKind(uri: string, master: readonly PlaylistLine[]): MediaPlaylist['kind'] {
  if (master.some((line) => line.tag === 'EXT-X-STREAM-INF' && line.uri === uri)) return 'variant';
  const line = master.find(({ attributes }) => attributes.get('URI') === uri);
  if (line?.tag === 'EXT-X-I-FRAME-STREAM-INF') return 'iframes';
  return line?.attributes.get('TYPE') === 'SUBTITLES' ? 'subtitles' : 'audio';
}

function totalSeconds({ durationsSeconds }: MediaPlaylist): number {
  return durationsSeconds.reduce((total, duration) => total + duration, 0);
}
