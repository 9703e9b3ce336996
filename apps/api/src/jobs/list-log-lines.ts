import { jobLogParts } from '@fyrestream/cloud';
import { readJobLog, requireJob } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { jobIdParameters } from './job-schema.ts';

/** The last ones, which say how it ended. */
const maxLines = 5_000;

const route = createRoute({
  method: 'get',
  path: '/v1/jobs/{jobId}/logs',
  operationId: 'listLogLines',
  tags: ['jobs'],
  summary: 'What all parts logged about a job',
  request: { params: jobIdParameters },
  responses: jsonResponses(
    'The lines in the order of time.',
    z
      .object({
        lines: z.array(
          z.object({
            part: z.enum(jobLogParts),
            time: z.iso.datetime(),
            stream: z.string().describe('Which task or process wrote it.'),
            text: z.string().describe('As it was written: usually JSON.'),
          }),
        ),
        isComplete: z.boolean().describe(`False where earlier lines than the last ${maxLines} are left out.`),
      })
      .openapi('LogLines'),
    [400, 404, 409],
  ),
});

export function addListLogLines(router: OpenAPIHono, { stack, signal }: ApiServices): void {
  router.openapi(route, async (context) => {
    const job = await requireJob(stack, context.req.valid('param').jobId);
    const lines = await readJobLog(stack, job, signal);
    const isComplete = lines.length <= maxLines;
    return context.json({ lines: isComplete ? lines : lines.slice(-maxLines), isComplete }, 200);
  });
}
