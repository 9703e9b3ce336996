import { createHash, randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { encryptionKeyKey, FyrestreamError } from '@fyrestream/events';
import {
  type Check,
  createSegmentCipher,
  createSegmentDecipher,
  encryptionKeyBytes,
  equalCheck,
  firstSequenceNumber,
  type Presentation,
} from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { workFileHeaders } from '../object-headers.ts';
import { readPieces, writeAll } from '../read-pieces.ts';
import type { VersionFiles } from '../version-files.ts';
import { fetchTrackFile, type TrackFile } from './gather-tracks.ts';

/** Stores the segments of one version encrypted. */
export interface Encryptor {
  /** Init segments and captions are not encrypted. */
  encrypts(file: TrackFile): boolean;
  /** @throws FyrestreamError `file-damaged` if the segment is not what its encode stored */
  add(file: TrackFile): Promise<void>;
  /** For each track: how many of its encrypted segments are something else than the encryption of what was verified. */
  checks(): Check[];
}

/**
 * Makes the key of a version and stores it apart from its files, where viewers cannot read it, before anything that is encrypted
 * by it. Each claim makes a key of its own, as it makes a version of its own.
 * @param prefix the folder of the version
 */
export async function createEncryptor(
  work: JobContext,
  { video, audio }: Presentation,
  prefix: string,
  files: VersionFiles,
  signal: AbortSignal,
): Promise<Encryptor> {
  const { store, settings, scratch } = work;
  const key = randomBytes(encryptionKeyBytes);
  await store.put({ bucket: settings.outputBucket, key: encryptionKeyKey(prefix) }, key, workFileHeaders);
  const numbers = new Map<string, number>();
  const differing = new Map<string, number>();
  for (const { trackId, segments } of [...video, ...audio]) {
    differing.set(trackId, 0);
    segments.forEach(({ fileName }, index) => {
      numbers.set(pathOf({ trackId, fileName }), firstSequenceNumber + index);
    });
  }
  const numberOf = (file: Parameters<Encryptor['add']>[0]) => {
    const number = numbers.get(pathOf(file));
    if (number === undefined) throw new TypeError(`${pathOf(file)} is no segment.`);
    return number;
  };
  return {
    encrypts: (file) => numbers.has(pathOf(file)),
    async add(file) {
      const sequenceNumber = numberOf(file);
      const clear = await fetchTrackFile(work, file, signal);
      const encrypted = await scratch.path('encrypted', file.trackId, file.fileName);
      const sha256 = await encryptFile(clear, encrypted, key, sequenceNumber, signal);
      if (file.sha256 !== null && file.sha256 !== sha256) throw damaged(file);
      if ((await hashDecrypted(encrypted, key, sequenceNumber)) !== sha256) {
        differing.set(file.trackId, (differing.get(file.trackId) ?? 0) + 1);
      }
      await files.addFile(pathOf(file), encrypted);
      await rm(encrypted);
    },
    checks: () =>
      [...differing].map(([subject, measured]) =>
        equalCheck({ name: 'encrypted-segments-differ', subject, measured }, 0),
      ),
  };
}

function pathOf({ trackId, fileName }: Pick<TrackFile, 'trackId' | 'fileName'>): string {
  return `${trackId}/${fileName}`;
}

/** @returns the SHA-256 of what was encrypted */
async function encryptFile(
  from: string,
  to: string,
  key: Uint8Array,
  sequenceNumber: number,
  signal: AbortSignal,
): Promise<string> {
  const cipher = createSegmentCipher(key, sequenceNumber);
  const hash = createHash('sha256');
  const target = await open(to, 'w');
  try {
    for await (const piece of readPieces(from)) {
      signal.throwIfAborted();
      hash.update(piece);
      await writeAll(target, cipher.update(piece));
    }
    await writeAll(target, cipher.final());
  } finally {
    await target.close();
  }
  return hash.digest('hex');
}

/** @returns null if the file cannot be decrypted */
async function hashDecrypted(path: string, key: Uint8Array, sequenceNumber: number): Promise<string | null> {
  const decipher = createSegmentDecipher(key, sequenceNumber);
  const hash = createHash('sha256');
  for await (const piece of readPieces(path)) hash.update(decipher.update(piece));
  try {
    return hash.update(decipher.final()).digest('hex');
  } catch {
    return null;
  }
}

function damaged({ key }: TrackFile): FyrestreamError {
  return new FyrestreamError({
    code: 'file-damaged',
    message: `${key} is not the file that was stored.`,
    retryable: true,
  });
}
