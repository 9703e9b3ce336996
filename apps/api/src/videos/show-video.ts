import { FyrestreamError, maxKeyBytes, uploadPrefix } from '@fyrestream/events';
import { requireJob } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jobIdParameters } from '../jobs/job-schema.ts';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { readVideo } from './read-video.ts';
import { videoView } from './video-schema.ts';

const ofJob = createRoute({
  method: 'get',
  path: '/v1/videos/{jobId}',
  operationId: 'getVideo',
  tags: ['videos'],
  summary: 'The files that a job published',
  request: { params: jobIdParameters },
  responses: jsonResponses('The version that the job made.', videoView, [400, 404]),
});

const ofKey = createRoute({
  method: 'get',
  path: '/v1/videos',
  operationId: 'findVideo',
  tags: ['videos'],
  summary: 'What is published for an upload now',
  request: {
    query: z.object({
      key: z
        .string()
        .startsWith(uploadPrefix)
        .max(maxKeyBytes)
        .refine((text) => text.isWellFormed() && Buffer.byteLength(text) <= maxKeyBytes, 'is not a key of S3')
        .describe('Of the upload: `videos/a.mov`.'),
    }),
  },
  responses: jsonResponses('The current version.', videoView, [400, 404]),
});

export function addShowVideo(router: OpenAPIHono, { stack, published: urls }: ApiServices): void {
  router.openapi(ofJob, async (context) => {
    const { jobId, status, publication, outputs } = await requireJob(stack, context.req.valid('param').jobId);
    if (publication === null || outputs === null) {
      throw nothingPublished(`Job ${jobId} is ${status} and has published nothing.`);
    }
    return context.json(await readVideo(stack, urls, { jobId, token: publication.token }), 200);
  });
  router.openapi(ofKey, async (context) => {
    const { key } = context.req.valid('query');
    const version = (await stack.ledger.readOutput(key))?.published ?? null;
    if (version === null) throw nothingPublished(`Nothing is published for ${key}.`);
    return context.json(await readVideo(stack, urls, version), 200);
  });
}

function nothingPublished(message: string): FyrestreamError {
  return new FyrestreamError({ code: 'nothing-published', message, retryable: false });
}
