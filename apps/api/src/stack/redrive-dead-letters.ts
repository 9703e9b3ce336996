import { redriveQueue } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { queueNameSchema } from './stack-schema.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/stack/dead-letters/redrive',
  operationId: 'redriveDeadLetters',
  tags: ['stack'],
  summary: 'Send dead letters back to their queue',
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
    [400],
  ),
});

export function addRedriveDeadLetters(router: OpenAPIHono, { stack, signal }: ApiServices): void {
  router.openapi(route, async (context) => {
    let requeued = 0;
    const count = () => {
      requeued += 1;
    };
    await redriveQueue(stack.queues[context.req.valid('json').queue], count, signal);
    return context.json({ requeued }, 200);
  });
}
