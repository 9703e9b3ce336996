import { readJobLog, requireJob } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { jobIdParameters } from './job-schema.ts';

/** The last ones: a job that is retried for days logs much. */
const maxLines = 2_000;

const route = createRoute({
  method: 'get',
  path: '/v1/jobs/{jobId}/log',
  operationId: 'getJobLog',
  tags: ['jobs'],
  summary: 'What all parts logged about a job',
  request: { params: jobIdParameters },
  responses: jsonResponses(
    'The lines by time.',
    z
      .object({
        lines: z.array(
          z.object({
            part: z.enum(['poller', 'invoker', 'worker']),
            time: z.iso.datetime(),
            stream: z.string().describe('Which task or process wrote it.'),
            text: z.string().describe('As it was written: usually JSON.'),
          }),
        ),
        isComplete: z.boolean().describe(`False where there are more than ${maxLines}: these are the last.`),
      })
      .openapi('JobLog'),
    [400, 404, 409],
  ),
});

export function addShowLog(router: OpenAPIHono, { stack, signal }: ApiServices): void {
  router.openapi(route, async (context) => {
    const job = await requireJob(stack, context.req.valid('param').jobId);
    const lines = await readJobLog(stack, job, AbortSignal.any([signal, context.req.raw.signal]));
    return context.json({ lines: lines.slice(-maxLines), isComplete: lines.length <= maxLines }, 200);
  });
}
