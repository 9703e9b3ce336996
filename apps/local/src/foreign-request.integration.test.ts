import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { toServiceFault } from '@fyrestream/cloud';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestGateway, type TestGateway } from '../test/s3-conformance/test-gateway.ts';
import { startTestServiceGateway, type TestServiceGateway } from '../test/test-service-gateway.ts';

let gateway: TestGateway;
let parts: TestServiceGateway;
let s3: S3Client;

beforeAll(async () => {
  gateway = await openTestGateway();
  parts = await startTestServiceGateway();
  parts.controlPlane.addOpenPath('/metadata/', () => ({ secret: 'for tasks only' }));
  s3 = new S3Client({ ...gateway.connection, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'films' }));
});
afterAll(async () => {
  s3.destroy();
  await gateway.remove();
  await parts.close();
});

/** Sends a request with headers that `fetch` would not send. */
function send(url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        body += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject).end();
  });
}

describe('a web page', () => {
  it('whose name was rebound to 127.0.0.1 gets nothing, also from paths without a signature', async () => {
    const headers = { host: 'attacker.example:8080' };
    const metadata = await send(`${parts.url}/metadata/x`, headers);
    expect(metadata).toMatchObject({ status: 403 });
    expect(metadata.body).not.toContain('for tasks only');
    expect(await send(`${gateway.connection.endpoint}/films?list-type=2`, headers)).toMatchObject({
      status: 403,
      body: expect.stringContaining('Host'),
    });
  });

  it('of another origin gets nothing from the control plane', async () => {
    const answer = await send(`${parts.url}/metadata/x`, { origin: 'https://attacker.example' });
    expect(answer.status).toBe(403);
    expect(await send(`${parts.url}/metadata/x`, {})).toMatchObject({ status: 200 });
  });
});

describe('a signature', () => {
  it.each([
    ['another region', { region: 'eu-west-1', service: 's3' }],
    ['another service', { region: 'us-east-1', service: 'sqs' }],
  ])('for %s is refused by S3', async (_case, scope) => {
    const { endpoint, credentials } = gateway.connection;
    const { hostname, port, host } = new URL(endpoint);
    const signer = new SignatureV4({ ...scope, credentials, sha256: Sha256, uriEscapePath: false });
    const signed = await signer.sign({
      ...{ method: 'GET', protocol: 'http:', hostname, port: Number(port), path: '/films' },
      query: { 'list-type': '2' },
      headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    });
    expect(await send(`${endpoint}/films?list-type=2`, signed.headers)).toMatchObject({
      status: 400,
      body: expect.stringContaining('AuthorizationHeaderMalformed'),
    });
  });

  it('for another region is refused by the control plane', async () => {
    const client = new SecretsManagerClient({ ...parts.clientFor('operator'), region: 'eu-west-1' });
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'x' }))).rejects.toThrow();
    client.destroy();
  });
});

describe('a signature of a clock that is wrong by days', () => {
  let ahead: TestGateway;
  beforeAll(async () => {
    ahead = await openTestGateway({ nowMillis: () => Date.now() + 3 * 86_400_000 });
  });
  afterAll(() => ahead.remove());
  const listBuckets = (maxAttempts: number) =>
    new S3Client({ ...ahead.connection, forcePathStyle: true, maxAttempts }).send(new ListBucketsCommand());

  it('is refused by S3 as RequestTimeTooSkewed, which names the time of the server', async () => {
    const refusal = await listBuckets(1).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'RequestTimeTooSkewed', ServerTime: expect.any(String) });
    expect(toServiceFault(refusal)).toMatchObject({ code: 'clock-skewed', retryable: true });
  });

  it('is corrected by clients that try again', async () => {
    expect(await listBuckets(2)).toHaveProperty('Buckets');
  });
});

it.each([
  ['S3', () => gateway.connection.endpoint],
  ['the control plane', () => parts.url],
])('headers of more than 16 KiB are refused by %s', async (_server, url) => {
  const response = await send(url(), { 'x-amz-meta-a': 'a'.repeat(20_000) });
  expect(response.status).toBe(431);
});

describe('a request document', () => {
  it('of more than 4 MiB is malformed, whatever it contains', async () => {
    const Objects = Array.from({ length: 900 }, (_, index) => ({ Key: `${index}`.padStart(5_000, '0') }));
    const remove = s3.send(new DeleteObjectsCommand({ Bucket: 'films', Delete: { Objects } }));
    await expect(remove).rejects.toMatchObject({ name: 'MalformedXML' });
  });

  it('with a key called __proto__ removes that key', async () => {
    const key = { Bucket: 'films', Key: '__proto__' };
    await s3.send(new PutObjectCommand({ ...key, Body: 'film', Metadata: { __proto__x: '1' } }));
    const { Deleted } = await s3.send(
      new DeleteObjectsCommand({ Bucket: 'films', Delete: { Objects: [{ Key: '__proto__' }] } }),
    );
    expect(Deleted).toMatchObject([{ Key: '__proto__' }]);
    expect((await s3.send(new ListObjectsV2Command({ Bucket: 'films' }))).KeyCount).toBe(0);
  });

  it('with more keys to delete than S3 allows is malformed', async () => {
    const Objects = Array.from({ length: 1_001 }, (_, index) => ({ Key: `${index}` }));
    const remove = s3.send(new DeleteObjectsCommand({ Bucket: 'films', Delete: { Objects } }));
    await expect(remove).rejects.toMatchObject({ name: 'MalformedXML' });
  });
});

describe('a slow client', () => {
  const start = 'PUT /films/a HTTP/1.1\r\nHost: 127.0.0.1\r\n';
  const refusedStart = `${start}Content-Length: 1000\r\n\r\n`;

  /** Sends the start of a request, then a byte per second. @returns when the connection is closed */
  function sendSlowly(url: string, first: string): Promise<void> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(first);
    const sending = setInterval(() => socket.write('x'), 1_000);
    return new Promise((resolve) =>
      socket
        .on('close', () => resolve(clearInterval(sending)))
        .on('error', () => {})
        .resume(),
    );
  }

  it('is dropped, also one of hundreds, in a header as in the body of a refused request', async () => {
    const s3Url = gateway.connection.endpoint;
    const closed = Array.from({ length: 100 }, () => [
      sendSlowly(s3Url, start),
      sendSlowly(parts.url, start),
      sendSlowly(s3Url, refusedStart),
    ]);
    await Promise.all(closed.flat());
  });
});
