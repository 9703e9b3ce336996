import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Client, createClient } from '@fyrestream/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/start-local-cloud.ts';
import { findChromium, howToGetChromium, openBrowser } from '../players/open-browser.ts';
import { createTestDirectory, removeTestDirectory } from '../test-service-gateway.ts';
import { testTopology } from '../test-topology.ts';
import { type Route, readApiDocument } from './api-routes.ts';

let directory: string;
let cloud: LocalCloud;
let client: Client;
let routes: readonly Route[];
let port: string;

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology: testTopology() });
  client = createClient({ baseUrl: cloud.api.url, token: cloud.api.token });
  routes = (await readApiDocument(client)).routes;
  port = new URL(cloud.api.url).port;
});
afterAll(async () => {
  await cloud?.stop();
  removeTestDirectory(directory);
});

/** Sends a request with any headers, also a `Host` of another name. */
async function send(
  path: string,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
): Promise<{ status: number; body: string; headers: IncomingMessage['headers'] }> {
  const request = httpRequest(`${cloud.api.url}${path}`, { method, headers });
  request.end(method === 'POST' ? '{}' : undefined);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, body: await text(response), headers: response.headers };
}

const token = () => ({ authorization: `Bearer ${cloud.api.token}` });

describe('every route', () => {
  it.each([
    ['another origin', () => ({ ...token(), origin: 'https://evil.example' })],
    [
      'a page of this machine on another port',
      () => ({ ...token(), origin: `http://127.0.0.1:${Number(port) + 1}` }),
    ],
    ['a sandboxed page', () => ({ ...token(), origin: 'null' })],
    ['a rebound name', () => ({ ...token(), host: `evil.example:${port}` })],
    [
      'a rebound name with its own origin',
      () => ({ ...token(), host: `evil.example:${port}`, origin: `http://evil.example:${port}` }),
    ],
    ['the right name on another port', () => ({ ...token(), host: '127.0.0.1:80' })],
    [
      'a page of another site without Origin',
      () => ({ ...token(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }),
    ],
    ['a page of another port without Origin', () => ({ ...token(), 'sec-fetch-site': 'same-site' })],
  ])('answers nothing to %s', async (_, headers) => {
    for (const { path, method } of [
      ...routes,
      { path: '/v1/openapi.json', method: 'GET' },
      { path: '/', method: 'GET' },
    ]) {
      const {
        status,
        body,
        headers: answered,
      } = await send(path.replaceAll(/\{\w+\}/g, 'a'), headers(), method);
      expect([method, path, status]).toEqual([method, path, 403]);
      expect(JSON.parse(body)).toMatchObject({ code: 'foreign-request' });
      expect(answered['access-control-allow-origin']).toBeUndefined();
    }
  });

  it.each([
    ['without a token', {}],
    ['with another token', { authorization: 'Bearer abc' }],
    ['with the token as a password', { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }],
  ])('answers nothing %s', async (_, headers) => {
    for (const { path, method } of [...routes, { path: '/v1/openapi.json', method: 'GET' }]) {
      const { status, body } = await send(path.replaceAll(/\{\w+\}/g, 'a'), headers, method);
      expect([method, path, status]).toEqual([method, path, 401]);
      expect(JSON.parse(body)).toMatchObject({ code: 'token-missing' });
    }
  });

  it('answers programs and its own pages that know the token, under both of its names', async () => {
    for (const headers of [
      {},
      { origin: cloud.api.url, 'sec-fetch-site': 'same-origin' },
      { host: `localhost:${port}`, origin: `http://localhost:${port}` },
    ]) {
      expect((await send('/v1/jobs', { ...token(), ...headers })).status).toBe(200);
    }
  });
});

it('a new start has a new token', async () => {
  const other = createTestDirectory();
  const second = await startLocalCloud({ dataDirectory: join(other, 'data'), topology: testTopology() });
  expect(second.api.token).not.toBe(cloud.api.token);
  expect(second.api.token.length).toBeGreaterThanOrEqual(32);
  await second.stop();
  removeTestDirectory(other);
});

const chromium = findChromium();

describe.skipIf(chromium === null)(`a browser (${howToGetChromium})`, () => {
  let elsewhere: Server;
  let elsewhereUrl: string;

  beforeAll(async () => {
    elsewhere = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Elsewhere</title>');
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    elsewhere?.closeAllConnections();
    elsewhere?.close();
  });

  it('shows a page of another origin nothing, also if it knows the token', async () => {
    const browser = await openBrowser(chromium ?? '');
    try {
      const page = await browser.newPage();
      await page.goto(elsewhereUrl);
      const outcomes = await page.evaluate(
        async ([url, secret]) => {
          const attempt = async (init: RequestInit) => {
            try {
              const response = await fetch(`${url}/v1/jobs`, init);
              return `${response.type} ${response.status} ${await response.text()}`;
            } catch (error) {
              return (error as Error).name;
            }
          };
          return [
            await attempt({}),
            await attempt({ headers: { authorization: `Bearer ${secret}` } }),
            await attempt({ mode: 'no-cors' }),
            await attempt({ method: 'POST', mode: 'no-cors', body: '{"queue":"uploads"}' }),
          ];
        },
        [cloud.api.url, cloud.api.token] as const,
      );
      // An opaque answer has neither status nor body.
      expect(outcomes).toEqual(['TypeError', 'TypeError', 'opaque 0 ', 'opaque 0 ']);
    } finally {
      await browser.close();
    }
  });

  it('gets nothing under a name that was rebound to this machine', async () => {
    const browser = await openBrowser(chromium ?? '', ['--host-resolver-rules=MAP evil.example 127.0.0.1']);
    try {
      const page = await browser.newPage();
      const response = await page.goto(`http://evil.example:${port}/v1/jobs`);
      expect(response?.status()).toBe(403);
      const status = await page.evaluate(
        async (secret) =>
          (await fetch('/v1/jobs', { headers: { authorization: `Bearer ${secret}` } })).status,
        cloud.api.token,
      );
      expect(status).toBe(403);
    } finally {
      await browser.close();
    }
  });
});
