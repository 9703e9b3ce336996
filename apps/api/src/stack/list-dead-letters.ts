import type { QueuedMessage } from '@fyrestream/cloud';
import { describeDeadLetter, peekDeadLetters, readFailureReasons } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { requireRedriveTarget } from './require-redrive-target.ts';
import { deadLetterView, queueNameSchema } from './stack-schema.ts';

const maxShown = 100;

const route = createRoute({
  method: 'get',
  path: '/v1/stack/dead-letters',
  operationId: 'listDeadLetters',
  tags: ['stack'],
  summary: 'Messages that failed for good, each with its reason',
  request: { query: z.object({ queue: queueNameSchema.default('uploads') }) },
  responses: jsonResponses(
    'The dead letters stay in their queue. A second call at the same time may not see all of them.',
    z
      .object({
        deadLetters: z.array(deadLetterView),
        isComplete: z.boolean().describe(`False where there are more than ${maxShown}.`),
        note: z.string().nullable().describe('Why reasons are not known.'),
      })
      .openapi('DeadLetters'),
    [400, 404],
  ),
});

export function addListDeadLetters(router: OpenAPIHono, { stack, signal }: ApiServices): void {
  router.openapi(route, async (context) => {
    const messages: QueuedMessage[] = [];
    const target = requireRedriveTarget(stack, context.req.valid('query').queue);
    const report = (message: QueuedMessage) => messages.push(message);
    const isComplete = await peekDeadLetters(target.queue, report, signal, maxShown);
    let note: string | null = null;
    const reasons =
      messages.length === 0
        ? new Map()
        : await readFailureReasons(
            target,
            (line) => {
              note = line;
            },
            signal,
          );
    const deadLetters = messages.map((message) =>
      describeDeadLetter(message, reasons.get(message.messageId) ?? null, target.describe),
    );
    return context.json({ deadLetters, isComplete, note }, 200);
  });
}
