import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import pMap from 'p-map';
import { ProblemError } from '../problems/problem-error.ts';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { partCountOf, sizeOfPart } from './part-layout.ts';
import { partNumberSchema, uploadIdParameters } from './upload-schema.ts';
import { decodeUploadToken } from './upload-token.ts';

const maxPartsPerCall = 100;
/** A part of a slow connection may take long. */
const expiresInSeconds = 6 * 3_600;

const route = createRoute({
  method: 'post',
  path: '/v1/uploads/{uploadId}/parts',
  operationId: 'signParts',
  tags: ['uploads'],
  summary: 'URLs to which parts are sent',
  request: {
    params: uploadIdParameters,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({ partNumbers: z.array(partNumberSchema).min(1).max(maxPartsPerCall) })
            .openapi('PartsToSign'),
        },
      },
    },
  },
  responses: jsonResponses(
    'Send each part with PUT and nothing else than its bytes. A URL can be used again until it expires.',
    z
      .object({
        parts: z.array(
          z.object({
            partNumber: partNumberSchema,
            url: z.url(),
            sizeBytes: z.int().min(1),
            expiresAt: z.iso.datetime(),
          }),
        ),
      })
      .openapi('SignedParts'),
    [400, 404],
  ),
});

export function addSignParts(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { key, uploadId, ...layout } = decodeUploadToken(context.req.valid('param').uploadId);
    const { partNumbers } = context.req.valid('json');
    const partCount = partCountOf(layout);
    const beyond = partNumbers.find((partNumber) => partNumber > partCount);
    if (beyond !== undefined) {
      const message = `The upload has ${partCount} parts, so there is no part ${beyond}.`;
      throw new ProblemError(400, { code: 'bad-part', message, retryable: false });
    }
    const expiresAt = new Date(Date.now() + expiresInSeconds * 1_000).toISOString();
    const address = { bucket: stack.sourceBucket, key, uploadId };
    const parts = await pMap(new Set(partNumbers), async (partNumber) => ({
      partNumber,
      url: await stack.signer.partUrl(address, partNumber, expiresInSeconds),
      sizeBytes: sizeOfPart(partNumber, layout),
      expiresAt,
    }));
    return context.json({ parts }, 200);
  });
}
