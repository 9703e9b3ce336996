import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CreateBucketCommand, HeadObjectCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import {
  createMultipartUploads,
  createObjectCopier,
  createObjectStore,
  type ObjectStore,
} from '@fyrestream/cloud';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestGateway, type TestGateway } from './s3-conformance/test-gateway.ts';
import { startCuttingProxy } from './start-cutting-proxy.ts';
import { createTestDirectory, removeTestDirectory } from './test-service-gateway.ts';

const bucket = 'store';
const delivery = { contentType: 'video/mp4', cacheControl: 'no-store' };
const mebibyte = 1024 * 1024;

let directory: string;
let gateway: TestGateway;
let store: ObjectStore;
/** All calls are allowed unless a test changes this. */
let denied: (action: string) => boolean = () => false;

beforeAll(async () => {
  directory = createTestDirectory();
  gateway = await openTestGateway({ authorise: (_principal, action) => !denied(action) });
  const client = new S3Client({ ...gateway.connection, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  store = storeAt(gateway.connection.endpoint);
});
afterAll(async () => {
  await gateway.remove();
  removeTestDirectory(directory);
});

function storeAt(s3: string): ObjectStore {
  const { region, credentials } = gateway.connection;
  return createObjectStore({ region, credentials, endpoints: { s3 } });
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const pathFor = (name: string) => join(directory, name);

it('continues a download after each connection loss', async () => {
  const bytes = randomBytes(5 * mebibyte + 17);
  await store.put({ bucket, key: 'broken' }, bytes, delivery);
  // Twelve losses: more than a fixed number of retries would allow.
  const proxy = await startCuttingProxy(gateway.connection.endpoint, (connection) =>
    connection <= 12 ? 400_000 : undefined,
  );
  const path = pathFor('broken');
  await storeAt(proxy.url).download({ bucket, key: 'broken' }, path);
  expect(proxy.connections()).toBe(13);
  expect((await readFile(path)).equals(bytes)).toBe(true);
  await proxy.close();
});

it('lists, reads and removes objects with any key, also those that no URL or XML can contain', async () => {
  const names = [
    'a/../b',
    '../../x',
    './x',
    '/x',
    'x/',
    '..',
    'a\\..\\b',
    ' ',
    '-rf',
    '%2e%2e/%41+',
    '&#x1;&amp;',
  ];
  const others = [
    '\u0000\u0001\n\r\t',
    '\u007f\u0085\u009b',
    '\u2028\u202e',
    '\ufffe\uffff',
    '🎬',
    '?#<>"',
    '__proto__',
  ];
  const keys = [...names, ...others].map((name) => `any/${name}`);
  await Promise.all(keys.map((key) => store.put({ bucket, key }, key, delivery)));
  const listed = (await store.list(bucket, 'any/')).map(({ key }) => key);
  expect(listed.toSorted()).toEqual(keys.toSorted());
  for (const [index, key] of listed.entries()) {
    expect(await store.readText({ bucket, key })).toBe(key);
    const [next] = await store.list(bucket, 'any/', { startAfter: key, limit: 1 });
    expect(next?.key).toBe(listed[index + 1]);
  }
  await store.remove(bucket, keys);
  expect(await store.list(bucket, 'any/')).toEqual([]);
});

it('replaces the file of an earlier attempt', async () => {
  const bytes = randomBytes(200_000);
  await store.put({ bucket, key: 'leftover' }, bytes, delivery);
  const path = pathFor('leftover');
  await writeFile(path, 'of an earlier and longer attempt'.repeat(10_000));
  await store.download({ bucket, key: 'leftover' }, path);
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

it('reports a lost connection, not a missing file, where no byte arrives', async () => {
  await store.put({ bucket, key: 'never' }, 'bytes', delivery);
  const proxy = await startCuttingProxy(gateway.connection.endpoint, () => 0);
  const failure = await storeAt(proxy.url)
    .download({ bucket, key: 'never' }, pathFor('never'))
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(failure).not.toMatchObject({ code: 'ENOENT' });
  await proxy.close();
});

it('never combines parts of two versions', async () => {
  const key = 'replaced';
  await store.put({ bucket, key }, randomBytes(2 * mebibyte), delivery);
  const proxy = await startCuttingProxy(gateway.connection.endpoint, async (connection) => {
    if (connection === 1) return 600_000;
    await store.put({ bucket, key }, randomBytes(2 * mebibyte), delivery);
    return undefined;
  });
  const downloading = storeAt(proxy.url).download({ bucket, key }, pathFor('replaced'));
  await expect(downloading).rejects.toMatchObject({ code: 'precondition-failed', retryable: true });
  await proxy.close();
});

it('stops a download that is aborted', async () => {
  await store.put({ bucket, key: 'unwanted' }, randomBytes(mebibyte), delivery);
  const reason = new DOMException('no longer wanted', 'AbortError');
  const path = pathFor('unwanted');
  const signal = AbortSignal.abort(reason);
  await expect(store.download({ bucket, key: 'unwanted' }, path, signal)).rejects.toMatchObject({
    name: 'AbortError',
  });
});

it('uploads and downloads a large object in parts with constant memory', async () => {
  const sizeBytes = 128 * mebibyte;
  const path = pathFor('large');
  await writeFile(path, 'beginning');
  await truncate(path, sizeBytes);
  const address = { bucket, key: 'large' };
  const before = process.memoryUsage().rss;
  let max = before;
  const watch = setInterval(() => {
    max = Math.max(max, process.memoryUsage().rss);
  }, 20);
  const sent: number[] = [];
  const { etag } = await store.upload(address, path, delivery, { onProgress: (bytes) => sent.push(bytes) });
  await store.download(address, pathFor('large-again'));
  clearInterval(watch);
  expect(etag).toMatch(/-16$/);
  expect(sent.at(-1)).toBe(sizeBytes);
  expect((await stat(pathFor('large-again'))).size).toBe(sizeBytes);
  expect(await hashOf(pathFor('large-again'))).toBe(await hashOf(path));
  // The gateway and the client are both in this process.
  expect((max - before) / mebibyte).toBeLessThan(100);
});

it('stores the metadata of small files, of large ones and of uploads whose parts others send', async () => {
  const headers = { ...delivery, metadata: { 'fyrestream-profile': 'mobile', 'fyrestream-options': '{}' } };
  const path = pathFor('with-metadata');
  for (const sizeBytes of [3, 20 * mebibyte]) {
    await writeFile(path, randomBytes(sizeBytes));
    await store.upload({ bucket, key: `metadata-${sizeBytes}` }, path, headers);
  }
  const { region, credentials, endpoint } = gateway.connection;
  const uploads = createMultipartUploads({ region, credentials, endpoints: { s3: endpoint } });
  const client = new S3Client({ ...gateway.connection, forcePathStyle: true });
  const begun = await uploads.create({ bucket, key: 'metadata-parts' }, headers);
  const part = { Bucket: bucket, Key: begun.key, UploadId: begun.uploadId, PartNumber: 1, Body: 'abc' };
  const { ETag = '' } = await client.send(new UploadPartCommand(part));
  await uploads.complete(begun, [{ partNumber: 1, sizeBytes: 3, etag: ETag }]);
  for (const name of ['3', String(20 * mebibyte), 'parts']) {
    const { Metadata } = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: `metadata-${name}` }),
    );
    expect(Metadata, name).toEqual(headers.metadata);
  }
  client.destroy();
});

it('overwrites only the expected object: none, or the ETag that it read', async () => {
  const address = { bucket, key: 'stable/master.m3u8' };
  const { etag } = await store.put(address, 'one', delivery, { ifNoneMatch: '*' });
  const refused = { code: 'precondition-failed', retryable: true };
  await expect(store.put(address, 'two', delivery, { ifNoneMatch: '*' })).rejects.toMatchObject(refused);
  await store.put(address, 'three', delivery, { ifMatch: etag });
  await expect(store.put(address, 'four', delivery, { ifMatch: etag })).rejects.toMatchObject(refused);
  expect(await store.readText(address)).toBe('three');
});

it('reports missing and denied objects by error type', async () => {
  const absent = { bucket, key: 'absent' };
  expect(await store.head(absent)).toBeNull();
  const missing = { code: 'object-missing', retryable: false };
  await expect(store.readText(absent)).rejects.toMatchObject(missing);
  await expect(store.readRange(absent, 0, 9)).rejects.toMatchObject(missing);
  await expect(store.download(absent, pathFor('absent'))).rejects.toMatchObject(missing);
  denied = (action) => action !== 's3:ListBucket';
  const address = { bucket, key: 'stable/master.m3u8' };
  const accessDenied = { code: 'object-access-denied', retryable: true };
  await expect(store.head(address)).rejects.toMatchObject(accessDenied);
  await expect(store.download(address, pathFor('denied'))).rejects.toMatchObject(accessDenied);
  await expect(store.put(address, 'x', delivery)).rejects.toMatchObject(accessDenied);
  denied = () => false;
});

it.each([
  ['behind', -5],
  ['ahead', 5],
])('works with a clock that is days %s, as the clients correct it', async (_case, days) => {
  const skewed = await openTestGateway({ nowMillis: () => Date.now() - days * 86_400_000 });
  try {
    const { endpoint, region, credentials } = skewed.connection;
    const client = new S3Client({ ...skewed.connection, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    client.destroy();
    const over = () => createObjectStore({ region, credentials, endpoints: { s3: endpoint } });
    const address = { bucket, key: 'skewed' };
    await over().put(address, 'content', delivery);
    // HEAD is answered without an error code; several calls meet the wrong clock at once.
    const store = over();
    const heads = await Promise.all(Array.from({ length: 5 }, () => store.head(address)));
    expect(heads.map((head) => head?.sizeBytes)).toEqual([7, 7, 7, 7, 7]);
    expect(await over().readText(address)).toBe('content');
    expect(await over().list(bucket, 'skewed')).toHaveLength(1);
  } finally {
    await skewed.remove();
  }
});

it('copies an object whose name is not valid in a header', async () => {
  const from = { bucket, key: 'work/crème brûlée + 100%/a b&c?.m4s' };
  await store.put(from, 'segment', delivery);
  await store.copy(from, { bucket, key: 'copied' }, { contentType: 'video/iso.segment', cacheControl: 'x' });
  expect(await store.readText({ bucket, key: 'copied' })).toBe('segment');
});

it('lists page by page in key order', async () => {
  await mkdir(pathFor('pages'), { recursive: true });
  for (const name of ['b', 'a', 'c']) await store.put({ bucket, key: `pages/${name}` }, name, delivery);
  const first = await store.list(bucket, 'pages/', { limit: 2 });
  const second = await store.list(bucket, 'pages/', { limit: 2, startAfter: 'pages/b' });
  expect([...first, ...second].map(({ key, sizeBytes }) => [key, sizeBytes])).toEqual([
    ['pages/a', 1],
    ['pages/b', 1],
    ['pages/c', 1],
  ]);
});

it('copies an object in parts where it is too large for one copy, with its metadata, and only if it is unchanged', async () => {
  const { region, credentials, endpoint } = gateway.connection;
  const connection = { region, credentials, endpoints: { s3: endpoint } };
  const copier = createObjectCopier(connection, { maxCopyBytes: 6 * mebibyte, partBytes: 5 * mebibyte });
  const bytes = randomBytes(11 * mebibyte + 3);
  const from = { bucket, key: 'archive/film ü.mov' };
  await store.put(from, bytes, { ...delivery, contentType: 'video/quicktime' });
  const facts = await store.head(from);
  if (facts === null) throw new Error('It was stored.');
  for (const sizeBytes of [facts.sizeBytes, 1]) {
    const to = { bucket, key: `videos/copied ${sizeBytes}.mov` };
    await copier.copy(from, { ...facts, sizeBytes }, to, { origin: 'archive' });
    const copy = await store.head(to);
    expect(copy).toMatchObject({
      sizeBytes: bytes.byteLength,
      metadata: { origin: 'archive' },
      contentType: 'video/quicktime',
    });
    await store.download(to, pathFor('copy'));
    expect((await readFile(pathFor('copy'))).equals(bytes)).toBe(true);
  }
  for (const sizeBytes of [facts.sizeBytes, 1]) {
    const changed = { ...facts, sizeBytes, etag: 'other' };
    await expect(copier.copy(from, changed, { bucket, key: 'videos/never.mov' }, {})).rejects.toMatchObject({
      code: 'precondition-failed',
    });
  }
  expect(await store.head({ bucket, key: 'videos/never.mov' })).toBeNull();
});
