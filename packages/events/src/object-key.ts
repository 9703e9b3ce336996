import { FyrestreamError } from './fyrestream-error.ts';

/**
 * This file spells every S3 key that Fyrestream reads or writes; `version-file-name.ts` the names of a version's files.
 *
 * ```
 * source bucket   videos/<path>
 *                 watermarks/<path>                                             images of profiles
 * output bucket   outputs/<path>/master.m3u8 | manifest.mpd | poster.jpg        stable files, updated by a publication
 *                 versions/<jobId>/<token>/…                                    a published version, never changed
 *                 keys/<jobId>/<token>                                          the AES-128 key of an encrypted version
 *                 work/<jobId>/<unit>/<token>/…                                 the files that a claim of a unit stored
 * ```
 * Only stable files have the name of an upload in their keys, and three fixed file names: two uploads never write the same
 * key, whatever their names (docs/decisions/0020-versions-have-their-own-prefix.md).
 * The token in a path is the fencing token of the claim that wrote it: S3 writes cannot be fenced, so two
 * workers never write the same key and the ledger alone decides which one counts.
 */
export const uploadPrefix = 'videos/';
export const watermarkPrefix = 'watermarks/';
export const outputPrefix = 'outputs/';
export const versionsPrefix = 'versions/';
export const keysPrefix = 'keys/';
export const workPrefix = 'work/';

export const masterPlaylistFileName = 'master.m3u8';
export const dashManifestFileName = 'manifest.mpd';
export const posterFileName = 'poster.jpg';
/** The files that exist once per upload and refer to its current version; the master is last, as players open it. */
export const stableFileNames = [posterFileName, dashManifestFileName, masterPlaylistFileName] as const;
export type StableFileName = (typeof stableFileNames)[number];

/** The largest size of a key in bytes of UTF-8. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const maxKeyBytes = 1_024;

/**
 * Decodes a key of an event notification: form-encoded UTF-8 with `+` for a space. Decode it once, when the event
 * arrives: a decoded key may itself contain `+` and `%`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * @throws FyrestreamError `malformed-key` if it is not percent-encoded UTF-8, which S3 never sends
 */
export function decodeNotificationKey(encoded: string): string {
  try {
    // Encoding finds characters that are no text: half a surrogate pair.
    encodeURIComponent(encoded);
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
const choiceSidecarSuffix = '.fyrestream.json';
const sidecar =
  /(\.(srt|vtt|ttml|xmp|thm)|\.(fyrestream|[a-z0-9]{2,4})\.json|\.[a-z0-9]{2,4}\.(xml|md5|sha256))$/i;

/** Further audio with the whole name of its film and a language: `holiday.mov.de.m4a`, `holiday.mov.en.ad.m4a`. */
const audioSidecar =
  /\.(3gp|avi|flv|m2ts|m4v|mkv|mov|mp4|mpe?g|mts|mxf|ogv|ts|vob|webm|wmv)\.[a-z]{2,3}([-_][a-z0-9]{2,8})*(\.(ad|commentary))?\.(aac|ac3|aiff?|eac3|flac|m4a|mka|mp3|oga|ogg|opus|wav)$/i;

/**
 * Why an object is not an upload and gets no job; null for an upload. Files that only look wrong (a lone `.json`, a
 * `.jpg`) or have a key that cannot be published get a job, which fails with a reason.
 */
export function ignoredObjectKind(
  key: string,
  sizeBytes: number,
): 'outside-uploads' | 'folder-marker' | 'system-file' | 'sidecar' | null {
  if (!key.startsWith(uploadPrefix)) return 'outside-uploads';
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (name === '') return sizeBytes === 0 ? 'folder-marker' : null;
  const isHidden = name.startsWith('.') && name !== '.' && name !== '..';
  if (isHidden || systemFiles.has(name.toLowerCase())) return 'system-file';
  return sidecar.test(name) || audioSidecar.test(name) ? 'sidecar' : null;
}

/** The source key of an upload: `videos/<path>`. */
export function uploadKey(path: string): string {
  return `${uploadPrefix}${path}`;
}

/** The key of the file beside an upload that says how it is made. */
export function choiceSidecarKey(sourceKey: string): string {
  return `${sourceKey}${choiceSidecarSuffix}`;
}

/** The key of an image that a profile names: `watermarks/<image>`. */
export function watermarkKey(image: string): string {
  return `${watermarkPrefix}${image}`;
}

/** The path of an upload below `videos/` with its extension; the keys of its stable files contain it. */
export function uploadPath(key: string): string {
  return key.slice(uploadPrefix.length);
}

/** The folder of the stable files of an upload: `outputs/<path>/`. */
export function stablePrefix(sourceKey: string): string {
  return `${outputPrefix}${uploadPath(sourceKey)}/`;
}

export function stableKey(sourceKey: string, fileName: StableFileName): string {
  return `${stablePrefix(sourceKey)}${fileName}`;
}

/** The folder of a published version: `versions/<jobId>/<token>/`. */
export function versionPrefix(jobId: string, token: number): string {
  return `${versionsPrefix}${jobId}/${token}/`;
}

/**
 * The folder of a version as a URI relative to the stable files of an upload: `../../versions/<jobId>/<token>/`. It contains
 * no part of the upload's name, so nothing has to be encoded.
 */
export function versionUri(sourceKey: string, jobId: string, token: number): string {
  const depth = stablePrefix(sourceKey).split('/').length - 1;
  return `${'../'.repeat(depth)}${versionPrefix(jobId, token)}`;
}

/**
 * The key of the object with the 16 bytes by which a version is encrypted: `keys/<jobId>/<token>`. Its prefix is delivered to nobody.
 * @param prefix the folder of the version
 */
export function encryptionKeyKey(prefix: string): string {
  return `${keysPrefix}${prefix.slice(versionsPrefix.length, -1)}`;
}

/** The claim of a unit that stored a file: token and ids name the folder. */
export interface UnitClaim {
  readonly jobId: string;
  readonly unitId: string;
  readonly token: number;
}

/** The folder of a claim: `work/<jobId>/<unit>/<token>/`. */
export function unitPrefix({ jobId, unitId, token }: UnitClaim): string {
  return `${workPrefix}${jobId}/${unitId}/${token}/`;
}

/** The source facts and the encode plan, stored by the unit `plan`. */
export function planKey(claim: UnitClaim): string {
  return `${unitPrefix(claim)}plan.json`;
}

/** The list of the tracks that an encoding unit stored. */
export function unitContentsKey(claim: UnitClaim): string {
  return `${unitPrefix(claim)}unit.json`;
}

/** What was checked of a unit, stored by the unit that verifies it. */
export function verificationKey(claim: UnitClaim): string {
  return `${unitPrefix(claim)}verification.json`;
}

/** A segment or another file of a track. */
export function trackFileKey(claim: UnitClaim, trackId: string, fileName: string): string {
  return `${unitPrefix(claim)}${trackId}/${fileName}`;
}

/** The reference capture of an encoding unit. */
export function referenceCaptureKey(claim: UnitClaim): string {
  return `${unitPrefix(claim)}evidence/evidence.json`;
}

/** The frame signatures of a branch or the envelope of an audio track, beside the reference capture. */
export function referenceFileKey(claim: UnitClaim, branchOrTrackId: string): string {
  return `${unitPrefix(claim)}evidence/${branchOrTrackId}`;
}

/** The outputs of a job, stored by the assembly before one version is chosen for publication. */
export function jobOutputsKey(claim: UnitClaim): string {
  return `${unitPrefix(claim)}outputs.json`;
}
