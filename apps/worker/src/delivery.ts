import type { Delivery } from '@fyrestream/cloud';

const immutable = 'public, max-age=31536000, immutable';
/** A new version is seen this many seconds after it was published, at the latest. */
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
  json: 'application/json',
};

/** Files of a version: named by its token, never changed. */
export function versionDelivery(fileName: string): Delivery {
  return { contentType: contentTypeOf(fileName), cacheControl: immutable };
}

/** Files that keep their name while versions come and go. */
export function stableDelivery(fileName: string): Delivery {
  return { contentType: contentTypeOf(fileName), cacheControl: shortLived };
}

/** What workers leave for each other. */
export const workDelivery: Delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };

function contentTypeOf(fileName: string): string {
  return contentTypes[fileName.slice(fileName.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
