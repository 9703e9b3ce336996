import { outputPrefix } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';

/** Where published files can be read. */
export interface PublishedUrls {
  /** The URL of a file by its key, for whoever calls the API. */
  readonly fileUrl: (key: string) => Promise<string>;
  /** The URL of a file that refers to others beside it; null where files have separate URLs. */
  readonly playlistUrl: (key: string) => string | null;
  /** The URL of a key for everybody; null without delivery. */
  readonly publicUrl: (key: string) => string | null;
}

/** @param deliveryUrl of CloudFront, as the stack has it in its outputs: `https://….cloudfront.net/outputs/` */
export function deliveredUrls(deliveryUrl: string): PublishedUrls {
  const base = deliveryUrl.slice(0, -outputPrefix.length);
  const url = (key: string) => base + encodeKey(key);
  return { fileUrl: async (key) => url(key), playlistUrl: url, publicUrl: url };
}

/** URLs of a server that reads the bucket itself, below `baseUrl`, which ends with a slash. */
export function servedUrls(baseUrl: string, deliveryUrl: string | null): PublishedUrls {
  const url = (key: string) => baseUrl + encodeKey(key);
  const publicUrl = deliveryUrl === null ? () => null : deliveredUrls(deliveryUrl).publicUrl;
  return { fileUrl: async (key) => url(key), playlistUrl: url, publicUrl };
}

/** As long as a long film plays. */
const expiresInSeconds = 6 * 3_600;

/** Presigned URLs, each for one file. */
export function signedUrls({ signer, outputBucket }: Pick<Stack, 'signer' | 'outputBucket'>): PublishedUrls {
  return {
    fileUrl: (key) => signer.readUrl({ bucket: outputBucket, key }, expiresInSeconds),
    playlistUrl: () => null,
    publicUrl: () => null,
  };
}

function encodeKey(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/');
}
