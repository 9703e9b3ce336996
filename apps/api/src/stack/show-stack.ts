import { launchesOf, stackProfilesOf } from '@fyrestream/events';
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import manifest from '../../package.json' with { type: 'json' };
import { jsonResponses } from '../responses.ts';
import type { ApiServices } from '../services.ts';
import { stackView } from './stack-schema.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/stack',
  operationId: 'getStack',
  tags: ['stack'],
  summary: 'The stack: places, versions, settings',
  responses: jsonResponses('The stack.', stackView),
});

export function addShowStack(router: OpenAPIHono, { stack, settings }: ApiServices): void {
  router.openapi(route, async (context) => {
    const phases = await Promise.all(
      (['running', 'starting'] as const).map((phase) => stack.ledger.listWholePhase(phase)),
    );
    return context.json(
      {
        name: stack.name,
        kind: stack.access.local === null ? ('deployed' as const) : ('local' as const),
        region: stack.access.region,
        versions: { fyrestream: manifest.version, node: process.versions.node },
        places: {
          taken: phases.flat().flatMap(launchesOf).length,
          max: settings?.maxConcurrentTasks ?? null,
        },
        profiles: settings === null ? null : [...stackProfilesOf(settings).profiles.keys()],
        settings: settings === null ? null : { ...settings },
      },
      200,
    );
  });
}
