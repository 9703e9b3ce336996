import { type Endpoint, listEndpoints } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { webhooksView } from './stack-schema.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/stack/webhooks',
  operationId: 'listWebhooks',
  tags: ['stack'],
  summary: 'The endpoints that get job events, and what is wrong with them',
  responses: jsonResponses('The endpoints in the order of the settings.', webhooksView),
});

export function addListWebhooks(router: OpenAPIHono, { stack }: ApiServices): void {
  router.openapi(route, async (context) => {
    const { webhooks } = stack;
    if (webhooks === null) return context.json({ endpoints: [], waiting: 0, underWay: 0 }, 200);
    const [endpoints, { waiting, underWay }] = await Promise.all([
      listEndpoints(webhooks),
      webhooks.queue.messages.depth(),
    ]);
    return context.json({ endpoints: endpoints.map(toEndpointView), waiting, underWay }, 200);
  });
}

function toEndpointView({
  failure,
  kinds,
  ...endpoint
}: Endpoint): z.infer<typeof webhooksView>['endpoints'][number] {
  return {
    ...endpoint,
    kinds: kinds === null ? null : [...kinds],
    failingSince: failure?.failingSince ?? null,
    disabledAt: failure?.disabledAt ?? null,
    lastFailure: failure?.lastFailure ?? null,
  };
}
