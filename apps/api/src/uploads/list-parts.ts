import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { partCountOf } from './part-layout.ts';
import { storedPartView, uploadIdParameters, uploadView } from './upload-schema.ts';
import { decodeUploadToken, uploadNotFound } from './upload-token.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/uploads/{uploadId}/parts',
  operationId: 'listParts',
  tags: ['uploads'],
  summary: 'The parts of an upload that are stored',
  request: { params: uploadIdParameters },
  responses: jsonResponses(
    'The upload and its parts by number.',
    uploadView.extend({ parts: z.array(storedPartView) }).openapi('UploadWithParts'),
    [400, 404],
  ),
});

export function addListParts(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { uploadId: text } = context.req.valid('param');
    const { key, uploadId, sizeBytes, partSizeBytes } = decodeUploadToken(text);
    const parts = await stack.uploads.listParts({ bucket: stack.sourceBucket, key, uploadId });
    if (parts === null) throw uploadNotFound();
    const partCount = partCountOf({ sizeBytes, partSizeBytes });
    return context.json({ uploadId: text, key, sizeBytes, partSizeBytes, partCount, parts }, 200);
  });
}
