import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { problemResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { uploadIdParameters } from './upload-schema.ts';
import { decodeUploadToken } from './upload-token.ts';

const route = createRoute({
  method: 'delete',
  path: '/v1/uploads/{uploadId}',
  operationId: 'abortUpload',
  tags: ['uploads'],
  summary: 'Abort an upload and remove its parts',
  request: { params: uploadIdParameters },
  responses: {
    204: { description: 'The upload is over; also where it was before.' },
    ...problemResponses([400, 404]),
  },
});

export function addAbortUpload(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { key, uploadId } = decodeUploadToken(context.req.valid('param').uploadId);
    await stack.uploads.abort({ bucket: stack.sourceBucket, key, uploadId });
    return context.body(null, 204);
  });
}
