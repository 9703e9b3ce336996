import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jobDetailView, jobIdParameters } from '../jobs/job-schema.ts';
import { readJobDetail } from '../jobs/read-job-detail.ts';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { actions, applyAction } from './actions.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/jobs/{jobId}/{action}',
  operationId: 'changeJob',
  tags: ['jobs'],
  summary: 'Retry, cancel, hold or release a job',
  request: { params: jobIdParameters.extend({ action: z.enum(actions) }) },
  responses: jsonResponses('The job afterwards.', jobDetailView, [400, 404, 409]),
});

export function addInterveneInJob(router: OpenAPIHono, { stack, logFailure }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { jobId, action } = context.req.valid('param');
    await applyAction(stack, jobId, action, logFailure);
    return context.json(await readJobDetail(stack, jobId), 200);
  });
}
