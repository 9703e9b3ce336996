import { createHash } from 'node:crypto';
import {
  certificateFileName,
  FyrestreamError,
  initFileName,
  mediaPlaylistFileName,
} from '@fyrestream/events';
import { createSegmentDecipher } from '../encryption/create-segment-cipher.ts';
import { firstSequenceNumber } from '../encryption/segment-iv.ts';
import { plannedRenditions } from '../plan/encode-plan.ts';
import { type Certificate, certificateSchema } from './certificate.ts';
import { type Check, equalCheck, notMeasurable } from './check.ts';
import { checkPlaylists, checkStoredFiles } from './check-files.ts';
import { checkPublishedTracks, type PublishedTrack } from './check-published-tracks.ts';
import { openPublishedTrack } from './read-published-track.ts';

/** A published version in a bucket or a folder. Paths are relative to the version's folder. */
export interface PublishedFiles {
  /** Sizes of all existing files. */
  sizes(): Promise<ReadonlyMap<string, number>>;
  /** Bytes of a file in chunks. */
  stream(path: string): AsyncIterable<Uint8Array>;
  /** The key by which its segments are encrypted; null, as without this method, if it is not at hand. */
  key?(): Promise<Uint8Array | null>;
}

export interface PublishedVerdict {
  readonly certificate: Certificate;
  readonly checks: readonly Check[];
  readonly passed: boolean;
}

/**
 * Checks a published version from its bytes alone: each file exists with the certified size and hash; playlists parse
 * and refer only to existing files; with HLS, segments are contiguous, start at the same times and have the durations of the
 * playlists. Encrypted segments need their key for that; without it, the verdict says that they were not read.
 * @throws FyrestreamError `certificate-unreadable` without a valid certificate
 */
export async function verifyPublished(files: PublishedFiles): Promise<PublishedVerdict> {
  const sizes = await files.sizes();
  const certificate = await readCertificate(files, sizes);
  const certified = new Map(certificate.files.map(({ path, sizeBytes }) => [path, sizeBytes]));
  const present = certificate.files.filter(({ path }) => sizes.has(path));
  const changed: string[] = [];
  const playlists = new Map<string, string>();
  for (const { path, sha256 } of present) {
    const isPlaylist = /\.(m3u8|mpd)$/.test(path);
    const { hash, bytes } = await readHashed(files, path, isPlaylist);
    if (hash !== sha256) changed.push(path);
    if (isPlaylist) playlists.set(path, Buffer.from(bytes).toString('utf8'));
  }
  const checks = [
    ...checkStoredFiles(certified, sizes),
    equalCheck({ name: 'files-changed', measured: changed.slice(0, 3).join(', ') || 'none' }, 'none'),
    ...checkPlaylists(playlists, sizes),
    ...(certificate.plan.outputs.includes('hls')
      ? await checkTracksOf(files, certificate, playlists, sizes)
      : []),
  ];
  return { certificate, checks, passed: checks.every(({ passed }) => passed) };
}

async function readCertificate(
  files: PublishedFiles,
  sizes: ReadonlyMap<string, number>,
): Promise<Certificate> {
  if (!sizes.has(certificateFileName)) throw unreadable(`There is no ${certificateFileName}.`);
  try {
    const { bytes } = await readHashed(files, certificateFileName, true);
    return certificateSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw unreadable(`${certificateFileName} cannot be read by this version of Fyrestream.`, cause);
  }
}

async function checkTracksOf(
  files: PublishedFiles,
  { plan }: Certificate,
  playlists: ReadonlyMap<string, string>,
  sizes: ReadonlyMap<string, number>,
): Promise<Check[]> {
  const isEncrypted = plan.encryption !== null;
  const key = isEncrypted ? ((await files.key?.()) ?? null) : null;
  if (isEncrypted && key === null) {
    const why = 'segments are encrypted, and their key is not here';
    return [notMeasurable('tracks-unreadable', null, why)];
  }
  const tracks: PublishedTrack[] = [];
  const unreadableTracks: string[] = [];
  for (const { id } of [...plannedRenditions(plan), ...plan.audio]) {
    try {
      const playlist = playlists.get(`${id}/${mediaPlaylistFileName}`) ?? '';
      tracks.push(await readTrack(files, id, { playlist, sizes, key }));
    } catch (error) {
      if (!(error instanceof FyrestreamError)) throw error;
      unreadableTracks.push(`${id} (${error.message})`);
    }
  }
  return [
    equalCheck({ name: 'tracks-unreadable', measured: unreadableTracks.join(', ') || 'none' }, 'none'),
    ...checkPublishedTracks(tracks),
  ];
}

async function readTrack(
  files: PublishedFiles,
  trackId: string,
  { playlist, sizes, key }: { playlist: string; sizes: ReadonlyMap<string, number>; key: Uint8Array | null },
): Promise<PublishedTrack> {
  const lines = playlist.split('\n');
  const names = lines.filter((line) => line.endsWith('.m4s')).map((name) => `${trackId}/${name}`);
  const missing = [`${trackId}/${initFileName}`, ...names].filter((path) => !sizes.has(path));
  if (missing.length > 0 || names.length === 0) throw unreadable(`${missing.length} files are missing.`);
  const track = openPublishedTrack((await readHashed(files, `${trackId}/${initFileName}`, true)).bytes);
  const segments = [];
  for (const [index, name] of names.entries()) {
    const { bytes } = await readHashed(files, name, true);
    segments.push(track.read(key === null ? bytes : decrypt(name, bytes, key, firstSequenceNumber + index)));
  }
  const playlistSeconds = lines.flatMap((line) => (/^#EXTINF:([\d.]+)/.exec(line)?.[1] ?? []) as string | []);
  return { trackId, kind: track.kind, segments, playlistSeconds: playlistSeconds.map(Number) };
}

/** @throws FyrestreamError if the key is not that of the segment */
function decrypt(name: string, bytes: Uint8Array, key: Uint8Array, sequenceNumber: number): Uint8Array {
  const decipher = createSegmentDecipher(key, sequenceNumber);
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  } catch (cause) {
    throw unreadable(`The key of the version does not decrypt ${name}.`, cause);
  }
}

async function readHashed(files: PublishedFiles, path: string, isKept: boolean) {
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.stream(path)) {
    hash.update(chunk);
    if (isKept) chunks.push(chunk);
  }
  return { hash: hash.digest('hex'), bytes: new Uint8Array(Buffer.concat(chunks)) };
}

function unreadable(message: string, cause?: unknown): FyrestreamError {
  return new FyrestreamError({ code: 'certificate-unreadable', message, retryable: false, cause });
}
