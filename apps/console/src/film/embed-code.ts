import type { Video } from './use-video.ts';

/** A test compares it with the dependency. */
export const embeddedPlayer = 'hls-video-element@1.5.11';

/** Stands for the address of a stack that has none. */
const placeholder = 'https://media.example.com';

export interface FilmToEmbed extends Pick<Video, 'sourceKey' | 'poster'> {
  readonly playlist: NonNullable<Video['playlist']>;
}

/** HTML that plays an upload on any web page, by its stable files. */
export function embedCode({ sourceKey, playlist, poster }: FilmToEmbed): {
  readonly code: string;
  readonly isPublic: boolean;
} {
  const playlistUrl = playlist.publicUrl ?? `${placeholder}/${stableKey(sourceKey, 'master.m3u8')}`;
  const attributes = [
    `src="${escapeAttribute(playlistUrl)}"`,
    ...(poster === null ? [] : [`poster="${escapeAttribute(new URL('poster.jpg', playlistUrl).href)}"`]),
    'controls playsinline crossorigin',
  ];
  const lines = [
    `<script type="module" src="https://cdn.jsdelivr.net/npm/${embeddedPlayer}/+esm"></script>`,
    '<hls-video',
    ...attributes.map((attribute) => `  ${attribute}`),
    '></hls-video>',
  ];
  return { code: lines.join('\n'), isPublic: playlist.publicUrl !== null };
}

function stableKey(sourceKey: string, fileName: string): string {
  return [...sourceKey.split('/').with(0, 'outputs'), fileName].map(encodeURIComponent).join('/');
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
