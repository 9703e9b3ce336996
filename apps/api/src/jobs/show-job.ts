import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { jobDetailView, jobIdParameters } from './job-schema.ts';
import { readJobDetail } from './read-job-detail.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/jobs/{jobId}',
  operationId: 'getJob',
  tags: ['jobs'],
  summary: 'A job with its units, steps and renditions',
  request: { params: jobIdParameters },
  responses: jsonResponses('The job.', jobDetailView, [400, 404]),
});

export function addShowJob(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) =>
    context.json(await readJobDetail(stack, context.req.valid('param').jobId), 200),
  );
}
