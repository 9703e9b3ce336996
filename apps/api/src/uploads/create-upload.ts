import { metadataOfChoice } from '@fyrestream/events';
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { requireProfile } from '../profiles/require-profile.ts';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { partCountOf, partSizeOf } from './part-layout.ts';
import { requireUploadKey } from './require-upload-key.ts';
import { newUploadSchema, uploadView } from './upload-schema.ts';
import { encodeUploadToken } from './upload-token.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/uploads',
  operationId: 'createUpload',
  tags: ['uploads'],
  summary: 'Begin an upload in parts',
  description:
    'Then sign each part, send it with PUT to its URL, and complete the upload. To go on after an interruption, keep the uploadId and list the parts that are stored.',
  request: { body: { required: true, content: { 'application/json': { schema: newUploadSchema } } } },
  responses: jsonResponses('The upload, without parts.', uploadView, [400]),
});

/** The pipeline detects the type of a source from its bytes. */
const headers = { contentType: 'application/octet-stream', cacheControl: 'private, no-cache' };

export function addCreateUpload(router: OpenAPIHono, { stack, settings }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { path, sizeBytes, profile, options } = context.req.valid('json');
    const key = requireUploadKey(path);
    // A stack that does not tell its settings refuses the job instead.
    if (profile !== undefined && settings !== null) requireProfile(profile, settings);
    const metadata = metadataOfChoice({ profile, options });
    const partSizeBytes = partSizeOf(sizeBytes);
    const createdAt = new Date().toISOString();
    const { uploadId } = await stack.uploads.create(
      { bucket: stack.sourceBucket, key },
      { ...headers, metadata },
    );
    return context.json(
      {
        uploadId: encodeUploadToken({ key, uploadId, sizeBytes, partSizeBytes, createdAt }),
        ...{ key, sizeBytes, partSizeBytes },
        partCount: partCountOf({ sizeBytes, partSizeBytes }),
      },
      200,
    );
  });
}
