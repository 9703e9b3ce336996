import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EncodedPresentation } from './encode-presentation.ts';
import { readPlaylistLines } from './read-playlist-lines.ts';

export interface ShakaPresentation {
  readonly masterPath: string;
  segmentDurations(trackId: string): number[];
  iframeRanges(trackId: string): Buffer[];
  codecs(trackId: string): string;
  bandwidth(trackId: string): { peak: number; average: number };
}

/** Packages the same streams with shaka-packager, whose static binary is in its npm package. */
export function packageWithShaka(
  directory: string,
  { presentation, streamPaths }: EncodedPresentation,
  { segmentSeconds, fragmentSeconds }: { segmentSeconds: number; fragmentSeconds: number },
): ShakaPresentation {
  const descriptors = [...presentation.video, ...presentation.audio].map(
    ({ kind, trackId, language, name }) =>
      [
        `in=${streamPaths.get(trackId)}`,
        `stream=${kind}`,
        `init_segment=${join(directory, trackId, 'init.mp4')}`,
        `segment_template=${join(directory, trackId, '$Number%05d$.m4s')}`,
        `playlist_name=${trackId}/index.m3u8`,
        ...(kind === 'video' ? [`iframe_playlist_name=${trackId}/iframes.m3u8`] : []),
        ...(kind === 'audio' ? [`hls_group_id=audio`, `hls_name=${name}`, `lang=${language}`] : []),
      ].join(','),
  );
  const masterPath = join(directory, 'master.m3u8');
  execFileSync(process.execPath, [
    fileURLToPath(import.meta.resolve('shaka-packager')),
    ...descriptors,
    `--segment_duration=${segmentSeconds}`,
    // One fragment per GOP; otherwise only the first key frame of a segment has its own range.
    `--fragment_duration=${fragmentSeconds}`,
    `--hls_master_playlist_output=${masterPath}`,
    '--quiet',
  ]);
  const lines = (path: string) => readPlaylistLines(readFileSync(join(directory, path), 'utf8'));
  const variant = (trackId: string) =>
    lines('master.m3u8').find((line) => line.uri === `${trackId}/index.m3u8`);
  return {
    masterPath,
    segmentDurations: (trackId) =>
      lines(`${trackId}/index.m3u8`).flatMap(({ tag, value }) =>
        tag === 'EXTINF' ? [Number.parseFloat(value)] : [],
      ),
    iframeRanges: (trackId) =>
      lines(`${trackId}/iframes.m3u8`).flatMap(({ tag, value, uri }) => {
        if (tag !== 'EXT-X-BYTERANGE') return [];
        const [length = 0, offset = 0] = value.split('@').map(Number);
        return [readFileSync(join(directory, trackId, uri ?? '')).subarray(offset, offset + length)];
      }),
    codecs(trackId) {
      const isAudio = presentation.audio.some((track) => track.trackId === trackId);
      const codecs = variant(isAudio ? (presentation.video[0]?.trackId ?? '') : trackId)?.attributes.get(
        'CODECS',
      );
      return codecs?.split(',')[isAudio ? 1 : 0] ?? '';
    },
    bandwidth(trackId) {
      const attributes = variant(trackId)?.attributes;
      return {
        peak: Number(attributes?.get('BANDWIDTH')),
        average: Number(attributes?.get('AVERAGE-BANDWIDTH')),
      };
    },
  };
}
