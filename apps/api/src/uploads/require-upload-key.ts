import { ignoredObjectKind, maxKeyBytes, unpublishableKeyReason, uploadKey } from '@fyrestream/events';
import { ProblemError } from '../problems/problem-error.ts';

/**
 * The key of an upload by its path below `videos/`.
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
  if (kind === null) return key;
  throw refused(
    'not-an-upload',
    kind === 'sidecar'
      ? 'The file belongs to a video but is not one, so it would get no job: rename it if it is a video. Captions are published if an S3 tool stores them beside their video before it is uploaded.'
      : 'Hidden and system files are ignored: rename the file.',
  );
}

function refused(code: string, message: string): ProblemError {
  return new ProblemError(400, { code, message, retryable: false });
}
