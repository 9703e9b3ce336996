import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkImage } from './check-image.ts';

const newest = `sha256:${'a'.repeat(64)}`;
const older = `sha256:${'b'.repeat(64)}`;

/** A registry that, like Docker Hub, gives an anonymous token and answers HEAD with the digest. */
let server: Server;
let registry: string;
const methods: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    if (url.pathname === '/token') {
      const isForThis = url.searchParams.get('scope') === 'repository:library/base:pull';
      return void response.end(JSON.stringify(isForThis ? { token: 'anonymous' } : {}));
    }
    methods.push(request.method ?? '');
    if (request.headers.authorization !== 'Bearer anonymous') {
      const challenge = `Bearer realm="http://${registry}/token",service="registry",scope="repository:library/base:pull"`;
      return void response.writeHead(401, { 'www-authenticate': challenge }).end();
    }
    if (url.pathname !== '/v2/library/base/manifests/slim') return void response.writeHead(404).end();
    response.writeHead(200, { 'docker-content-digest': newest }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const base = (digest: string) => `${registry}/library/base:slim@${digest}`;

it('a base image whose tag has moved on is reported, with the command that takes the new one', async () => {
  const image = { debian: base(older), node: base(newest), updated: '2026-11-20' };
  const [debian, node, packages] = await checkImage(image, '2026-11-30');
  expect(debian).toEqual({
    ...{ about: 'debian', verdict: 'wrong' },
    message: `there is a newer ${registry}/library/base:slim: pulumi config set --path fyrestream:image.debian ${base(newest)}`,
  });
  expect([node?.verdict, packages?.verdict]).toEqual(['well', 'well']);
  // A GET counts as a pull of Docker Hub.
  expect(new Set(methods)).toEqual(new Set(['HEAD']));
});

it('a base image without a digest and packages without a date are reported', async () => {
  const image = { debian: `${registry}/library/base:slim`, node: base(newest) };
  const findings = await checkImage(image, '2026-11-30');
  expect(findings.map(({ verdict }) => verdict)).toEqual(['wrong', 'well', 'wrong']);
  expect(findings[0]?.message).toContain('is not pinned');
  expect(findings[2]?.message).toContain('fyrestream:image.updated 2026-11-30');
});

it('packages that are older than a month are reported', async () => {
  const findings = await checkImage(
    { debian: base(newest), node: base(newest), updated: '2026-09-01' },
    '2026-11-30',
  );
  expect(findings[2]).toMatchObject({ verdict: 'wrong', message: expect.stringContaining('90 days old') });
});

it('a registry that does not know the image is no finding of the image', async () => {
  const unknown = `${registry}/library/base:gone@${newest}`;
  const [debian] = await checkImage({ debian: unknown, node: unknown }, '2026-11-30');
  expect(debian).toMatchObject({ verdict: 'unknown', message: expect.stringContaining('answers 404') });
});
