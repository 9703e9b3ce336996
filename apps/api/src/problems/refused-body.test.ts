import { expect, it } from 'vitest';
import { createApi } from '../create-api.ts';
import type { ApiServices } from '../services.ts';

// Bodies are checked before a service is called.
const api = createApi({} as ApiServices);
const post = (body: string, headers: Record<string, string>) =>
  api.request('/v1/quotes', { method: 'POST', body, headers });

it.each([
  ['does not say that it is JSON, as curl sends it', '{"sizeBytes":1}', 'application/x-www-form-urlencoded'],
  ['has no type', '{"sizeBytes":1}', ''],
])('a body that %s is refused with the header to add', async (_what, body, type) => {
  const response = await post(body, { 'content-type': type });
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({
    code: 'unsupported-media-type',
    detail: 'The body must be JSON and say so: add the header `Content-Type: application/json`.',
  });
});

it('a body that ends early is refused as what it is', async () => {
  const response = await post('{"sizeBytes":', { 'content-type': 'application/json' });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    code: 'bad-request',
    detail: 'The body is not valid JSON: send one JSON object in UTF-8.',
  });
});
