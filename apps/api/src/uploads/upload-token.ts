import { maxKeyBytes, uploadPrefix } from '@fyrestream/events';
import { z } from 'zod';
import { ProblemError } from '../problems/problem-error.ts';
import { maxParts, maxUploadBytes, partCountOf } from './part-layout.ts';

/** What the id of an upload says: the API stores nothing about uploads. Whoever may call the API may write one. */
const tokenSchema = z
  .strictObject({
    key: z
      .string()
      .startsWith(uploadPrefix)
      .refine((key) => key.isWellFormed() && Buffer.byteLength(key) <= maxKeyBytes),
    uploadId: z.string().min(1),
    sizeBytes: z.int().positive().max(maxUploadBytes),
    partSizeBytes: z.int().positive(),
    createdAt: z.iso.datetime(),
  })
  .refine((token) => partCountOf(token) <= maxParts);
export type UploadToken = z.infer<typeof tokenSchema>;

export function encodeUploadToken(token: UploadToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** @throws ProblemError `upload-not-found` */
export function decodeUploadToken(text: string): UploadToken {
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw uploadNotFound();
  }
}

export function uploadNotFound(): ProblemError {
  return new ProblemError(404, {
    code: 'upload-not-found',
    message: 'There is no such upload: it was completed or aborted, or its id is not right. Begin again.',
    retryable: false,
  });
}
