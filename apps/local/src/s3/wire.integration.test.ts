import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openTestGateway,
  type TestGateway,
  testCredentials,
} from '../../test/s3-conformance/test-gateway.ts';

/* Requests that the SDK for JavaScript never sends, but other clients do. */
const Bucket = 'videos';
let gateway: TestGateway;
let s3: S3Client;
beforeAll(async () => {
  gateway = await openTestGateway();
  s3 = new S3Client({ ...gateway.connection, maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3.destroy();
  await gateway.remove();
});

async function send(options: RequestOptions, body?: string, onContinue = () => {}) {
  const outgoing = request(gateway.connection.endpoint, options);
  outgoing.on('continue', () => {
    onContinue();
    outgoing.end(body);
  });
  if (options.headers !== undefined && 'expect' in options.headers) outgoing.flushHeaders();
  else outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const answer = await text(response);
  outgoing.destroy();
  return { status: response.statusCode, code: /<Code>(\w+)</.exec(answer)?.[1], answer };
}

async function presignedPath(Key: string) {
  const url = new URL(await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key })));
  return url.pathname + url.search;
}

const read = async (Key: string) =>
  await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

/** Signs a put whose chunks are signed one by one, as older SDKs and s3cmd send it. */
async function signedChunks(path: string, chunks: readonly string[], trailer?: string) {
  const signer = new SignatureV4({
    service: 's3',
    region: 'us-east-1',
    credentials: testCredentials,
    sha256: Sha256,
    uriEscapePath: false,
  });
  const signingDate = new Date();
  const amzDate = signingDate.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${amzDate.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const { host, hostname } = new URL(gateway.connection.endpoint);
  const unsigned = {
    'content-encoding': 'aws-chunked',
    host,
    'x-amz-content-sha256': `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer === undefined ? '' : '-TRAILER'}`,
    'x-amz-decoded-content-length': String(chunks.join('').length),
    ...(trailer === undefined ? {} : { 'x-amz-trailer': trailer.split(':')[0] ?? '' }),
  };
  const { headers } = await signer.sign(
    { method: 'PUT', protocol: 'http:', hostname, path, headers: unsigned },
    { signingDate },
  );
  const sign = (kind: string, lines: readonly string[]) =>
    signer.sign([`AWS4-HMAC-SHA256-${kind}`, amzDate, scope, ...lines].join('\n'), { signingDate });
  let signature = headers.authorization?.split('Signature=')[1] ?? '';
  let body = '';
  for (const chunk of [...chunks, '']) {
    signature = await sign('PAYLOAD', [signature, sha256Hex(''), sha256Hex(chunk)]);
    body += `${chunk.length.toString(16)};chunk-signature=${signature}\r\n${chunk}${chunk === '' ? '' : '\r\n'}`;
  }
  if (trailer !== undefined) {
    signature = await sign('TRAILER', [signature, sha256Hex(`${trailer}\n`)]);
    body += `${trailer}\r\nx-amz-trailer-signature:${signature}\r\n`;
  }
  return { options: { method: 'PUT', path, headers }, body: `${body}\r\n` };
}

const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the HTTP protocol', () => {
  it('accepts chunks with signatures', async () => {
    const { options, body } = await signedChunks(`/${Bucket}/signed`, ['hello ', 'world']);
    expect((await send(options, body)).status).toBe(200);
    expect(await read('signed')).toBe('hello world');
  });

  it('refuses a changed chunk', async () => {
    const { options, body } = await signedChunks(`/${Bucket}/changed`, ['hello ', 'world']);
    expect(await send(options, body.replace('world', 'w0rld'))).toMatchObject({
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
  });

  it('accepts signed trailers, and refuses a changed one', async () => {
    const trailer = 'x-amz-checksum-crc32:NhCmhg==';
    const { options, body } = await signedChunks(`/${Bucket}/trailed`, ['hello'], trailer);
    expect((await send(options, body)).status).toBe(200);
    expect((await send(options, body.replace('NhCmhg==', 'AAAAAA=='))).status).toBe(403);
  });

  it('refuses a body that is shorter than its chunk sizes', async () => {
    const { options, body } = await signedChunks(`/${Bucket}/short`, ['hello']);
    const cut = body.slice(0, body.indexOf('hello') + 3);
    expect(await send(options, cut)).toMatchObject({ status: 400, code: 'IncompleteBody' });
  });

  it('sends 100 Continue only for a request that is accepted', async () => {
    const asked: string[] = [];
    const put = async (name: string, headers: Record<string, string>) => {
      const options = { method: 'PUT', path: await presignedPath('expected'), headers };
      return await send(options, 'hello', () => asked.push(name));
    };
    const headers = { expect: '100-continue', 'content-length': '5' };
    expect((await put('first', headers)).status).toBe(200);
    const second = await put('second', { ...headers, 'if-none-match': '*' });
    expect(second).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect(asked).toEqual(['first']);
  });

  it('requires a content length', async () => {
    const headers = { 'transfer-encoding': 'chunked' };
    const options = { method: 'PUT', path: await presignedPath('unknown length'), headers };
    expect(await send(options, 'hello')).toMatchObject({ status: 411, code: 'MissingContentLength' });
  });

  it('keeps an invalid content type, and responds to invalid paths', async () => {
    const headers = { 'content-type': 'no type; at all', 'content-length': '5' };
    const options = { method: 'PUT', path: await presignedPath('odd'), headers };
    expect((await send(options, 'hello')).status).toBe(200);
    const { ContentType } = await s3.send(new GetObjectCommand({ Bucket, Key: 'odd' }));
    expect(ContentType).toBe('no type; at all');
    expect(await send({ path: `/${Bucket}/%ff` })).toMatchObject({ status: 400, code: 'InvalidURI' });
    expect(await send({ path: `/${Bucket}/x`, method: 'PATCH' })).toMatchObject({ status: 403 });
  });
});
