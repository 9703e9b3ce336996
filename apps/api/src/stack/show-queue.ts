import { listQueue } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { queueView } from './stack-schema.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/stack/queue',
  operationId: 'getQueue',
  tags: ['stack'],
  summary: 'Which tenants wait for a place, and why',
  responses: jsonResponses('The line.', queueView),
});

export function addShowQueue(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { groups, delayed, underWay } = await listQueue(stack);
    return context.json({ groups: [...groups], delayed, underWay }, 200);
  });
}
