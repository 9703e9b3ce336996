import { jobStatusSchema, profileNameSchema } from '@fyrestream/events';
import { listJobsWithProgress } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { jobView } from './job-schema.ts';
import { listMatchingJobs } from './list-matching-jobs.ts';
import { toJobView } from './to-job-view.ts';

const time = z.iso.datetime().transform((at) => new Date(at).toISOString());

const route = createRoute({
  method: 'get',
  path: '/v1/jobs',
  operationId: 'listJobs',
  tags: ['jobs'],
  summary: 'Jobs, the last changed first',
  request: {
    query: z
      .object({
        status: z
          .union([jobStatusSchema, z.array(jobStatusSchema).max(6)])
          .optional()
          .describe('Only jobs with this status, or with one of several: `status=queued&status=running`.'),
        tenant: z.string().max(1_024).optional().describe('Only jobs of this tenant.'),
        profile: profileNameSchema.optional().describe('Only jobs with this profile.'),
        search: z.string().max(1_024).optional().describe('A part of the key of the upload, in any case.'),
        changedFrom: time.optional().describe('Only jobs whose last change is not before this time.'),
        changedUntil: time.optional().describe('Only jobs whose last change is not after this time.'),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        cursor: z
          .string()
          .max(8_192)
          .optional()
          .describe('Where the last page ended: its `cursor`, with the same filters.'),
      })
      .refine(
        ({ changedFrom, changedUntil }) =>
          changedFrom === undefined || changedUntil === undefined || changedFrom <= changedUntil,
        { path: ['changedUntil'], message: 'must not be before changedFrom' },
      ),
  },
  responses: jsonResponses(
    'One page. It may have fewer jobs than `limit`, also none: the last one has no cursor.',
    z
      .object({
        jobs: z.array(jobView),
        cursor: z.string().nullable().describe('Of the next page; null after the last.'),
      })
      .openapi('JobPage'),
    [400],
  ),
});

export function addListJobs(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { status, limit, cursor, ...filter } = context.req.valid('query');
    const statuses = status === undefined ? jobStatusSchema.options : [status].flat();
    const page = await listMatchingJobs(stack.ledger, { ...filter, statuses }, { limit, cursor });
    const jobs = await listJobsWithProgress(stack.ledger, page.jobs);
    return context.json({ jobs: jobs.map(toJobView), cursor: page.cursor }, 200);
  });
}
