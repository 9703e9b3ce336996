import { costGroupingSchema, costGroupSchema, sumCosts } from '@fyrestream/events';
import { listJobsSince } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';

const usualDays = 30;
const dayMilliseconds = 86_400_000;

const route = createRoute({
  method: 'get',
  path: '/v1/stack/costs',
  operationId: 'getCosts',
  tags: ['stack'],
  summary: 'What jobs really cost, by day or tenant',
  request: {
    query: z.object({
      by: costGroupingSchema.default('day'),
      since: z.iso
        .datetime()
        .optional()
        .describe(`Only jobs that ended, or changed last, since then; ${usualDays} days ago.`),
    }),
  },
  responses: jsonResponses(
    'The days (UTC) or tenants by name.',
    z.object({ since: z.iso.datetime(), groups: z.array(z.object(costGroupSchema.shape)) }).openapi('Costs'),
    [400],
  ),
});

export function addShowCosts(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { by, since: wanted } = context.req.valid('query');
    const since = new Date(wanted ?? Date.now() - usualDays * dayMilliseconds).toISOString();
    const jobs = await listJobsSince(stack.ledger, since);
    return context.json({ since, groups: sumCosts(jobs, by) }, 200);
  });
}
