import { chooseMaking, defaultProfileName, stackProfilesOf, uploadKey } from '@fyrestream/events';
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { ProblemError } from '../problems/problem-error.ts';
import { requireProfile } from '../profiles/require-profile.ts';
import { jsonResponses } from '../responses.ts';
import type { ApiServices, ShownSettings } from '../services.ts';
import { quoteRequestSchema, quoteView } from './quote-schema.ts';
import { quoteUpload } from './quote-upload.ts';

const route = createRoute({
  method: 'post',
  path: '/v1/quotes',
  operationId: 'createQuote',
  tags: ['uploads'],
  summary: 'What a file would become and cost, before it is uploaded',
  request: { body: { required: true, content: { 'application/json': { schema: quoteRequestSchema } } } },
  responses: jsonResponses(
    'A rough estimate: the worker makes the plan once it has read the file.',
    quoteView,
    [400, 409],
  ),
});

export function addCreateQuote(router: OpenAPIHono, { settings, priceRegion, stack }: ApiServices): void {
  router.openapi(route, (context) => {
    if (settings === null) throw settingsUnknown();
    const { sizeBytes, durationSeconds, width, height, profile, path } = context.req.valid('json');
    const name = profile ?? profileOfPath(path, settings);
    const quote = quoteUpload(
      { sizeBytes, durationSeconds: durationSeconds ?? null, width: width ?? null, height: height ?? null },
      { ...settings, ladder: requireProfile(name, settings).ladder },
      priceRegion,
    );
    return context.json({ profile: name, ...quote, isCharged: stack.access.local === null }, 200);
  });
}

function profileOfPath(path: string | undefined, settings: ShownSettings): string {
  if (path === undefined) return defaultProfileName;
  const unnamed = { metadata: {}, sidecar: {} };
  return chooseMaking({ key: uploadKey(path) }, unnamed, stackProfilesOf(settings)).profile;
}

function settingsUnknown(): ProblemError {
  return new ProblemError(409, {
    code: 'settings-unknown',
    message: 'The stack was deployed by a release that did not tell its settings: deploy it again.',
    retryable: false,
  });
}
