import { acceptingStatuses, jobIdSchema, jobStatusSchema } from '@fyrestream/events';
import { listSelectedJobs } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import pMap from 'p-map';
import { orNull } from '../or-null.ts';
import { problemOf } from '../problems/problem-of.ts';
import { problemSchema } from '../problems/problem-schema.ts';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { actionSteps, actions, applyAction } from './actions.ts';

const maxJobs = 1_000;
const jobsAtOnce = 8;

const selection = z
  .strictObject({
    status: jobStatusSchema.optional(),
    prefix: z
      .string()
      .max(1_024)
      .optional()
      .describe('A folder below `videos/`, or the beginning of names in it.'),
  })
  .describe('All jobs that the action can change; only those with a status or a prefix where one is given.');

const route = createRoute({
  method: 'post',
  path: '/v1/interventions',
  operationId: 'changeJobs',
  tags: ['jobs'],
  summary: 'Retry, cancel, hold or release several jobs',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              action: z.enum(actions),
              jobIds: z.array(jobIdSchema).min(1).max(maxJobs).optional(),
              selection: selection.optional(),
            })
            .refine(({ jobIds, selection }) => (jobIds === undefined) !== (selection === undefined), {
              path: ['jobIds'],
              message: 'give either jobIds or a selection',
            })
            .openapi('Intervention'),
        },
      },
    },
  },
  responses: jsonResponses(
    'What happened to each job. A job that cannot be changed does not stop the others.',
    z
      .object({
        results: z.array(
          z.object({
            jobId: jobIdSchema,
            status: jobStatusSchema.nullable().describe('Afterwards; null where it was not changed.'),
            problem: orNull(problemSchema),
          }),
        ),
        isComplete: z
          .boolean()
          .describe(`False where more than ${maxJobs} jobs were selected: send the request again.`),
      })
      .openapi('InterventionResults'),
    [400],
  ),
});

export function addInterveneInJobs(router: OpenAPIHono, { stack, logFailure }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { action, jobIds, selection = {} } = context.req.valid('json');
    const selected =
      jobIds ??
      (await listSelectedJobs(stack.ledger, selection, acceptingStatuses[actionSteps[action]])).map(
        ({ jobId }) => jobId,
      );
    const results = await pMap(
      [...new Set(selected)].slice(0, maxJobs),
      async (jobId) => {
        try {
          const { status } = await applyAction(stack, jobId, action, logFailure);
          return { jobId, status, problem: null };
        } catch (error) {
          const problem = problemOf(error);
          if (problem.status >= 500) logFailure(error);
          return { jobId, status: null, problem };
        }
      },
      { concurrency: jobsAtOnce },
    );
    return context.json({ results, isComplete: selected.length <= maxJobs }, 200);
  });
}
