import { costGroupingSchema, costGroupSchema, sumCosts } from '@fyrestream/events';
import { listJobsSince } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';

const defaultDays = 30;
const dayMilliseconds = 86_400_000;

const route = createRoute({
  method: 'get',
  path: '/v1/stack/costs',
  operationId: 'listCosts',
  tags: ['stack'],
  summary: 'What jobs really cost, beside their estimates',
  request: {
    query: z.object({
      since: z.iso
        .datetime()
        .optional()
        .describe(`Jobs that ended at this time or later; by default of the last ${defaultDays} days.`),
      by: costGroupingSchema.default('day').describe('Per day (UTC), tenant or profile.'),
    }),
  },
  responses: jsonResponses(
    'Days, tenants or profiles by name.',
    z.object({ since: z.iso.datetime(), groups: z.array(z.object(costGroupSchema.shape)) }).openapi('Costs'),
    [400],
  ),
});

export function addListCosts(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { since: given, by } = context.req.valid('query');
    const from = given === undefined ? Date.now() - defaultDays * dayMilliseconds : Date.parse(given);
    const since = new Date(from).toISOString();
    return context.json({ since, groups: sumCosts(await listJobsSince(stack.ledger, since), by) }, 200);
  });
}
