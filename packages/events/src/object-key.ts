import { FyrestreamError } from './fyrestream-error.ts';

/**
 * Every S3 key that Fyrestream reads or writes is spelt in this file.
 *
 * ```
 * source bucket   videos/<path>
 * output bucket   outputs/<path>/master.m3u8 | manifest.mpd | poster.jpg        stable, flipped by publishing
 *                 outputs/<path>/<jobId>/<token>/…                              a published version, never changed
 *                 work/<jobId>/<unit>/<token>/…                                 what a claim of a unit produced
 * ```
 * The token in a path is the fencing token of the claim that wrote it: S3 writes cannot be fenced, so two
 * workers never write the same key and the ledger alone names the winner.
 */
export const uploadPrefix = 'videos/';
export const outputPrefix = 'outputs/';
export const workPrefix = 'work/';

/** The files that keep their place while versions come and go; the master comes last, it is what players open. */
export const stableFileNames = ['poster.jpg', 'manifest.mpd', 'master.m3u8'] as const;
export type StableFileName = (typeof stableFileNames)[number];

/**
 * Decodes a key as S3 writes it into event notifications: form-encoded UTF-8, a space as `+`.
 * Decode once, at the door; a decoded key may itself contain `+` and `%`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * @throws FyrestreamError `malformed-key` where the percent-encoding is broken
 */
export function decodeNotificationKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch (cause) {
    throw new FyrestreamError({
      code: 'malformed-key',
      message: `The object key ${JSON.stringify(encoded)} is not valid percent-encoded UTF-8.`,
      retryable: false,
      cause,
    });
  }
}

const systemFiles = new Set(['thumbs.db', 'desktop.ini']);
const sidecar = /(\.(srt|vtt|xmp|thm)|\.[a-z0-9]{2,4}\.(json|xml|md5|sha256))$/i;

/**
 * Why an object is none of ours and gets no job, or null for an upload to transcode.
 * Files that merely look wrong (a lone `.json`, a `.jpg`) do get a job, which then says what is wrong with them.
 */
export function uploadKeyProblem(
  key: string,
): 'outside-uploads' | 'folder-marker' | 'system-file' | 'sidecar' | null {
  if (!key.startsWith(uploadPrefix)) return 'outside-uploads';
  if (key.endsWith('/')) return 'folder-marker';
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (name.startsWith('.') || systemFiles.has(name.toLowerCase())) return 'system-file';
  return sidecar.test(name) ? 'sidecar' : null;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const maxKeyBytes = 1024;
/** What a version's folder and the longest name in it (`subtitles-100/segment_00001.m4s`) take, with room to spare. */
const versionFilesBytes = 100;

/** Whether the files made of an upload would have keys that are longer than S3 allows, though its own is not. */
export function isKeyTooLong(sourceKey: string): boolean {
  return Buffer.byteLength(stablePrefix(sourceKey)) + versionFilesBytes > maxKeyBytes;
}

/** The source key of an upload: `videos/<path>`. */
export function uploadKey(path: string): string {
  return `${uploadPrefix}${path}`;
}

/** The path of an upload below `videos/`, extension kept: what names its outputs. */
export function uploadPath(key: string): string {
  return key.slice(uploadPrefix.length);
}

/** Where the stable files of an upload stand: `outputs/<path>/`. */
export function stablePrefix(sourceKey: string): string {
  return `${outputPrefix}${uploadPath(sourceKey)}/`;
}

export function stableKey(sourceKey: string, fileName: StableFileName): string {
  return `${stablePrefix(sourceKey)}${fileName}`;
}

/** A version's own folder, seen from its stable files: `<jobId>/<token>/`. */
export function versionPath(jobId: string, token: number): string {
  return `${jobId}/${token}/`;
}

/** Where one version of an upload is published: `outputs/<path>/<jobId>/<token>/`. */
export function versionPrefix(sourceKey: string, jobId: string, token: number): string {
  return `${stablePrefix(sourceKey)}${versionPath(jobId, token)}`;
}

/** Where the claim of a unit stores what it makes: `work/<jobId>/<unit>/<token>/`. */
export function unitPrefix(jobId: string, unitId: string, token: number): string {
  return `${workPrefix}${jobId}/${unitId}/${token}/`;
}

/** Everything that the units of a job stored. */
export function jobWorkPrefix(jobId: string): string {
  return `${workPrefix}${jobId}/`;
}
