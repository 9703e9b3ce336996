import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { requireRedriveTarget } from './require-redrive-target.ts';
import { queueNameSchema } from './stack-schema.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/stack/dead-letters/redrive',
  operationId: 'redriveDeadLetters',
  tags: ['stack'],
  summary: 'Send dead letters back to their queue',
  description: 'For webhooks it also enables endpoints that were disabled.',
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: z.strictObject({ queue: queueNameSchema }).openapi('Redrive') },
      },
    },
  },
  responses: jsonResponses(
    'How many were sent back. One that fails again is left for the next call.',
    z.object({ requeued: z.int().min(0) }).openapi('RedriveResult'),
    [400, 404],
  ),
});

export function addRedriveDeadLetters(router: OpenAPIHono, { stack, signal }: ApiServices): void {
  router.openapi(route, async (context) => {
    let requeued = 0;
    const count = () => {
      requeued += 1;
    };
    await requireRedriveTarget(stack, context.req.valid('json').queue).send(count, signal);
    return context.json({ requeued }, 200);
  });
}
