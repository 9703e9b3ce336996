import type { ObjectHeaders } from '@fyrestream/cloud';

const immutable = 'public, max-age=31536000, immutable';
/** Viewers get a new version at most 5 seconds after its publication. */
const shortLived = 'public, max-age=5, must-revalidate';

/** @see https://www.iana.org/assignments/media-types and RFC 8216, section 10 */
const contentTypes: Readonly<Record<string, string>> = {
  m3u8: 'application/vnd.apple.mpegurl',
  mpd: 'application/dash+xml',
  mp4: 'video/mp4',
  m4a: 'audio/mp4',
  m4s: 'video/iso.segment',
  vtt: 'text/vtt; charset=utf-8',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  json: 'application/json',
};

/** Headers of a file of a version: its key contains the token, its content never changes. */
export function versionFileHeaders(fileName: string): ObjectHeaders {
  return { contentType: contentTypeOf(fileName), cacheControl: immutable };
}

/** Headers of a file that keeps its key while its content changes with each version. */
export function stableFileHeaders(fileName: string): ObjectHeaders {
  return { contentType: contentTypeOf(fileName), cacheControl: shortLived };
}

/** Headers of intermediate files, which only workers read. */
export const workFileHeaders: ObjectHeaders = {
  contentType: 'application/octet-stream',
  cacheControl: 'no-store',
};

function contentTypeOf(fileName: string): string {
  return contentTypes[fileName.slice(fileName.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
