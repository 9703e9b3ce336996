import { type JobRecord, jobStatusSchema } from '@fyrestream/events';
import { listJobsWithProgress } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { problemResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { sendEvents } from './event-stream.ts';
import { toJobView } from './to-job-view.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/events',
  operationId: 'streamEvents',
  tags: ['events'],
  summary: 'The changes of all jobs as server-sent events',
  description:
    'Event `job` with a Job as data: at once for each running job, then after each change of any job. Where the stream ends, connect again, and read the list of jobs for what changed meanwhile.',
  responses: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
    ...problemResponses([]),
  },
});

const pollMilliseconds = 2_000;
/** The index of the ledger may lag behind, and clocks differ. */
const overlapMilliseconds = 10_000;
const maxJobsPerPoll = 200;

export function addStreamEvents(router: OpenAPIHono, services: ApiServices): void {
  const { stack, signal, logFailure, maxStreamSeconds } = services;
  router.openapi(route, async (context) => {
    /** What was sent of each job that changed lately. */
    let sent = new Map<string, string>();
    let changedFrom = new Date().toISOString();
    return sendEvents(context, {
      ...{ pollMilliseconds, maxSeconds: maxStreamSeconds, signal, logFailure },
      poll: async () => {
        const next = new Date(Date.now() - overlapMilliseconds).toISOString();
        const limit = maxJobsPerPoll;
        const [changed, running] = await Promise.all([
          stack.ledger.listJobs(jobStatusSchema.options, { changedFrom, limit }),
          stack.ledger.listJobs('running', { limit }),
        ]);
        const jobs = new Map<string, JobRecord>();
        for (const job of [...running.jobs, ...changed.jobs]) jobs.set(job.jobId, job);
        const views = (await listJobsWithProgress(stack.ledger, [...jobs.values()])).map(toJobView);
        const texts = new Map(views.map((view) => [view.jobId, JSON.stringify(view)]));
        const news = views.filter(({ jobId }) => texts.get(jobId) !== sent.get(jobId));
        sent = texts;
        changedFrom = next;
        return { events: news.map((data) => ({ event: 'job', data })), isOver: false };
      },
    });
  });
}
