import { ignoredObjectKind, maxKeyBytes, unpublishableKeyReason, uploadKey } from '@fyrestream/events';
import { ProblemError } from '../problems/problem-error.ts';

/**
 * The key of an upload, or of a file that belongs to one, by its path below `videos/`.
 * @throws ProblemError 400 with the reason for which the pipeline would refuse or ignore it
 */
export function requireUploadKey(path: string): string {
  const key = uploadKey(path);
  if (Buffer.byteLength(key) > maxKeyBytes) {
    throw refused(
      'name-too-long',
      `The key has ${Buffer.byteLength(key)} bytes, and S3 allows ${maxKeyBytes}: use shorter names.`,
    );
  }
  const reason = unpublishableKeyReason(key);
  if (reason !== null) throw refused(reason.code, reason.message);
  const kind = ignoredObjectKind(key, 1);
  if (kind === null || kind === 'sidecar') return key;
  throw refused('not-an-upload', 'Hidden and system files are ignored: rename the file.');
}

function refused(code: string, message: string): ProblemError {
  return new ProblemError(400, { code, message, retryable: false });
}
