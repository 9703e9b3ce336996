import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { CreateBucketCommand, DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
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

describe('a request document', () => {
  it('with more keys to delete than S3 allows is malformed', async () => {
    const Objects = Array.from({ length: 1_001 }, (_, index) => ({ Key: `${index}` }));
    const remove = s3.send(new DeleteObjectsCommand({ Bucket: 'films', Delete: { Objects } }));
    await expect(remove).rejects.toMatchObject({ name: 'MalformedXML' });
  });
});

it('a client that sends no complete request is dropped', async () => {
  const dropped = [parts.url, gateway.connection.endpoint].map((url) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    return new Promise((resolve) =>
      socket
        .on('close', resolve)
        .on('error', () => {})
        .resume(),
    );
  });
  await Promise.all(dropped);
});
