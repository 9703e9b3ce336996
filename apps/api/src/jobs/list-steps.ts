import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { jobIdParameters, stepView } from './job-schema.ts';
import { readJobDetail } from './read-job-detail.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/jobs/{jobId}/steps',
  operationId: 'listJobSteps',
  tags: ['jobs'],
  summary: 'How long each finished step of a job took',
  request: { params: jobIdParameters },
  responses: jsonResponses(
    'The steps in the order of their ends. Time in which the job waited belongs to none.',
    z.object({ steps: z.array(stepView) }).openapi('Steps'),
    [400, 404],
  ),
});

export function addListSteps(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { steps } = await readJobDetail(stack, context.req.valid('param').jobId);
    return context.json({ steps }, 200);
  });
}
