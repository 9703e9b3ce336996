import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, createClient, followJob, resultOf, uploadFile } from '@fyrestream/client';
import { openFile } from '@fyrestream/client/node';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/start-local-cloud.ts';
import { createTestDirectory, removeTestDirectory } from '../test-service-gateway.ts';
import { testTopology } from '../test-topology.ts';
import { type ApiDocument, type Route, readApiDocument } from './api-routes.ts';
import { type ArbitraryRequest, arbitraryRequest } from './arbitrary-request.ts';

let directory: string;
let cloud: LocalCloud;
let client: Client;
let document: ApiDocument;
/** Values of parameters that exist. */
let known: Record<string, string[]>;
const failures: unknown[] = [];
const validator = new Ajv2020({ strict: false });
addFormats.default(validator);
const validators = new Map<object | undefined, ValidateFunction>();

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({
    dataDirectory: join(directory, 'data'),
    topology: testTopology(),
    log: {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: (fields) => failures.push(fields),
    },
  });
  client = createClient({ baseUrl: cloud.api.url, token: cloud.api.token });
  document = await readApiDocument(client);
  const text = join(directory, 'no video.mp4');
  await writeFile(text, '<!doctype html><title>This is no video</title>');
  const { jobId } = await uploadFile(client, await openFile(text), { path: 'no video.mp4' });
  for await (const _change of followJob(client, jobId));
  const { uploadId } = await resultOf(
    client.api.POST('/v1/uploads', { body: { path: 'begun.mp4', sizeBytes: 40_000_000 } }),
  );
  known = {
    jobId: [jobId, 'a'.repeat(26)],
    uploadId: [uploadId, uploadId.slice(0, -4), Buffer.from('{"key":"videos/a"}').toString('base64url')],
    key: ['videos/no video.mp4', 'videos/', 'elsewhere/a'],
    action: ['retry', 'cancel', 'hold', 'release'],
    cursor: [
      Buffer.from('{}').toString('base64url'),
      Buffer.from('{"failed":{"pk":"a"}}').toString('base64url'),
    ],
  };
});
afterAll(async () => {
  await cloud?.stop();
  removeTestDirectory(directory);
});

async function send({ target, method, headers, body }: ArbitraryRequest): Promise<Response> {
  const left = new AbortController();
  const response = await fetch(cloud.api.url + target, {
    method,
    headers: { ...headers, authorization: `Bearer ${cloud.api.token}` },
    signal: left.signal,
    ...(body !== undefined && { body }),
  });
  // A stream of events has no end.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    left.abort();
    return new Response('""', response);
  }
  return response;
}

/** Whether the body is what the document says for this status. */
function checkBody(route: Route, response: Response, body: string): void {
  const { content } = route.responses[response.status] ?? route.responses.default ?? {};
  if (content === undefined) {
    expect(body).toBe('');
    return;
  }
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  expect(Object.keys(content)).toContain(type);
  if (type === 'text/event-stream') return;
  const validate = validatorOf(content[type]?.schema);
  const isValid = validate(JSON.parse(body));
  expect([isValid, validator.errorsText(validate.errors)]).toEqual([true, 'No errors']);
}

/** Each schema is compiled once: that takes far longer than the request. */
function validatorOf(schema: object | undefined): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validate = validator.compile({ ...schema, components: document.components });
  validators.set(schema, validate);
  return validate;
}

/** Reads of dead letters wait a second for messages. */
const slowRoutes = new Set(['/v1/stack/dead-letters', '/v1/stack/dead-letters/redrive', '/v1/stack/health']);

describe('random requests', () => {
  it('are answered on every route, as the document says and never with a failure of the server', async () => {
    const statuses = new Map<string, Set<number>>();
    for (const route of document.routes) {
      const name = `${route.method} ${route.path}`;
      const seen = new Set<number>();
      statuses.set(name, seen);
      await fc.assert(
        fc.asyncProperty(arbitraryRequest(route, document, known), async (request) => {
          const response = await send(request);
          const body = await response.text();
          seen.add(response.status);
          expect([response.status < 500, response.status, body.slice(0, 300)]).toEqual([
            true,
            response.status,
            body.slice(0, 300),
          ]);
          // Dots in a path lead to another route.
          if (response.status !== 404 || !body.includes('route-not-found')) checkBody(route, response, body);
        }),
        // The same requests in every run; another seed finds others.
        { numRuns: slowRoutes.has(route.path) ? 8 : 60, seed: 20_261_130 },
      );
    }
    expect(failures).toEqual([]);
    // Routes that can succeed without luck did so, and refused what was wrong.
    expect(statuses.get('GET /v1/jobs')).toEqual(new Set([200, 400]));
    expect(statuses.get('GET /v1/jobs/{jobId}')).toEqual(new Set([200, 400, 404]));
    for (const route of ['POST /v1/quotes', 'POST /v1/uploads']) {
      const seen = [...(statuses.get(route) ?? [])];
      expect(seen).toEqual(expect.arrayContaining([400, 415]));
      expect([200, 400, 415]).toEqual(expect.arrayContaining(seen));
    }
    expect(statuses.get('GET /v1/stack')).toEqual(new Set([200]));
  });

  it('that are too large, compressed nonsense or of another method are refused', async () => {
    const headers = { 'content-type': 'application/json' };
    const large = await send({
      target: '/v1/quotes',
      method: 'POST',
      headers,
      body: `"${'a'.repeat(300_000)}"`,
    });
    expect([large.status, ((await large.json()) as { code: string }).code]).toEqual([413, 'body-too-large']);
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const other = await send({ target: '/v1/jobs', method, headers: {}, body: undefined });
      expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([
        404,
        'route-not-found',
      ]);
    }
  });
});
