import { checkStack } from '@fyrestream/operations';
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { problemOf } from '../problems/problem-of.ts';
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { healthView } from './stack-schema.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/stack/health',
  operationId: 'checkHealth',
  tags: ['stack'],
  summary: 'Check the resources of the stack',
  responses: jsonResponses('What was found, and what to do where something is wrong.', healthView),
});

export function addCheckHealth(router: OpenAPIHono, { stack, logFailure }: ApiServices): void {
  const describeError = (error: unknown) => {
    logFailure(error);
    return problemOf(error).detail;
  };
  router.openapi(route, async (context) =>
    context.json({ findings: await checkStack(stack, describeError) }, 200),
  );
}
