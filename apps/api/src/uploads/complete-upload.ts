import { ignoredObjectKind, jobIdOf, jobIdSchema } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { ProblemError } from '../problems/problem-error.ts';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { partCountOf, sizeOfPart } from './part-layout.ts';
import { uploadIdParameters } from './upload-schema.ts';
import { decodeUploadToken, type UploadToken, uploadNotFound } from './upload-token.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/uploads/{uploadId}/complete',
  operationId: 'completeUpload',
  tags: ['uploads'],
  summary: 'Complete an upload whose parts are all stored',
  description: 'Safe to repeat: the answer to a repetition is the same.',
  request: { params: uploadIdParameters },
  responses: jsonResponses(
    'The upload is stored. Its job appears as soon as its event is processed.',
    z
      .object({
        jobId: jobIdSchema
          .nullable()
          .describe('Null for captions and other files that belong to a video: they get no job.'),
        key: z.string(),
        versionId: z.string().nullable(),
      })
      .openapi('CompletedUpload'),
    [400, 404, 409],
  ),
});

export function addCompleteUpload(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const token = decodeUploadToken(context.req.valid('param').uploadId);
    const address = { bucket: stack.sourceBucket, key: token.key };
    const stored = (await complete(stack, token)) ?? (await findCompleted(stack, token));
    if (stored === null) throw uploadNotFound();
    const { key, sizeBytes } = token;
    const getsJob = ignoredObjectKind(key, sizeBytes) === null;
    const jobId = getsJob ? jobIdOf({ ...address, ...stored }) : null;
    return context.json({ jobId, key, versionId: stored.versionId }, 200);
  });
}

interface StoredUpload {
  readonly etag: string;
  readonly versionId: string | null;
}

/** @returns null if there is no such upload */
async function complete(
  { uploads, sourceBucket: bucket }: Stack,
  token: UploadToken,
): Promise<StoredUpload | null> {
  const address = { bucket, key: token.key, uploadId: token.uploadId };
  const parts = await uploads.listParts(address);
  if (parts === null) return null;
  const sizes = new Map(parts.map(({ partNumber, sizeBytes }) => [partNumber, sizeBytes]));
  const wanted = Array.from({ length: partCountOf(token) }, (_, index) => index + 1);
  const missing = wanted.filter((number) => sizes.get(number) !== sizeOfPart(number, token));
  if (missing.length === 0) return uploads.complete(address, parts.slice(0, wanted.length));
  const named = missing.slice(0, 10).join(', ');
  throw new ProblemError(409, {
    code: 'parts-missing',
    message: `${missing.length} of ${wanted.length} parts are missing or have another size (${named}${missing.length > 10 ? ', …' : ''}): send them, then complete the upload again.`,
    retryable: false,
  });
}

/**
 * The object that a completed upload became, where the answer to its completion was lost: it has the size and as many parts, and
 * was stored after the upload began.
 */
async function findCompleted(
  { store, sourceBucket: bucket }: Stack,
  token: UploadToken,
): Promise<StoredUpload | null> {
  const found = await store.head({ bucket, key: token.key });
  const isIt =
    found?.sizeBytes === token.sizeBytes &&
    found.etag.endsWith(`-${partCountOf(token)}`) &&
    // S3 says the time in whole seconds.
    Date.parse(found.lastModified) >= Date.parse(token.createdAt) - 1_000;
  return isIt ? found : null;
}
