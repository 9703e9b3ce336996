import { isTerminal } from '@fyrestream/events';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { problemResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { sendEvents } from './event-stream.ts';
import { jobIdParameters } from './job-schema.ts';
import { readJobDetail } from './read-job-detail.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/jobs/{jobId}/events',
  operationId: 'streamJobEvents',
  tags: ['events'],
  summary: 'The changes of a job as server-sent events',
  description:
    'Event `job` at once and after each change, with a JobDetail as data. The stream ends after the event of a job that is over; where it ends before, connect again.',
  request: { params: jobIdParameters },
  responses: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
    ...problemResponses([400, 404]),
  },
});

const pollMilliseconds = 1_000;

export function addStreamJobEvents(router: OpenAPIHono, services: ApiServices): void {
  const { stack, signal, logFailure, maxStreamSeconds } = services;
  router.openapi(route, async (context) => {
    const { jobId } = context.req.valid('param');
    let first: Awaited<ReturnType<typeof readJobDetail>> | null = await readJobDetail(stack, jobId);
    let last = '';
    return sendEvents(context, {
      ...{ pollMilliseconds, maxSeconds: maxStreamSeconds, signal, logFailure },
      poll: async () => {
        const job = first ?? (await readJobDetail(stack, jobId));
        first = null;
        const text = JSON.stringify(job);
        const events = text === last ? [] : [{ event: 'job', data: job }];
        last = text;
        return { events, isOver: isTerminal(job) };
      },
    });
  });
}
