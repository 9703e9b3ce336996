import { readPlan, requireJob } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { jobIdParameters } from './job-schema.ts';
import { planView, toPlanView } from './plan-view.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/jobs/{jobId}/plan',
  operationId: 'getJobPlan',
  tags: ['jobs'],
  summary: 'How the upload of a job is encoded, and why',
  request: { params: jobIdParameters },
  responses: jsonResponses('The plan.', planView, [400, 404]),
});

export function addShowPlan(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const job = await requireJob(stack, context.req.valid('param').jobId);
    return context.json(toPlanView(await readPlan(stack, job)), 200);
  });
}
