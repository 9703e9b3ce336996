import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { createObjectStore } from './object-store.ts';

it('a body is sent with a signed checksum that S3 verifies, and is not hashed again for the signature', async () => {
  const received: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers);
    request.resume().on('end', () => response.setHeader('etag', '"e"').end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const store = createObjectStore({
    region: 'us-east-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    endpoints: { s3: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
  });
  const headers = { contentType: 'video/mp4', cacheControl: 'no-cache' };
  await store.put({ bucket: 'bucket', key: 'segment.m4s' }, Buffer.from('segment'), headers);
  await store.head({ bucket: 'bucket', key: 'segment.m4s' });
  expect(store.requestCounts()).toEqual({ writes: 1, reads: 1 });
  server.closeAllConnections();
  server.close();
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32('segment'));
  expect(received.slice(0, 1)).toMatchObject([
    {
      'x-amz-checksum-crc32': checksum.toString('base64'),
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      authorization: expect.stringContaining('x-amz-checksum-crc32'),
    },
  ]);
});
