import type { LookupAddress } from 'node:dns';
import { afterEach, expect, it } from 'vitest';
import { type Answer, startReceiver } from '../../test/start-receiver.ts';
import { createPoster, type PosterSettings } from './create-poster.ts';
import { isLoopbackAddress, isPublicAddress } from './is-public-address.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function receiver(answer: Answer) {
  const started = await startReceiver(answer);
  closing.push(started.close);
  return started;
}

const headers = { 'webhook-id': 'job-7' };
const body = '{"sourceKey":"videos/Füße.mov"}';
const posterWith = (settings: Partial<PosterSettings>) =>
  createPoster({ isAllowed: isLoopbackAddress, timeoutMilliseconds: 60_000, ...settings });

/** A name server with one answer per question; the last one is repeated. */
function resolveTo(...answers: string[][]): NonNullable<PosterSettings['resolve']> {
  const remaining = [...answers];
  return (_name, _options, callback) => {
    const addresses = (remaining.length > 1 ? remaining.shift() : remaining[0]) ?? [];
    callback(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

it('posts the body as it was signed, and returns the status', async () => {
  const { url, posts } = await receiver((response) => response.writeHead(204).end());
  expect(await posterWith({})({ url, headers, body })).toBe(204);
  expect(posts).toMatchObject([
    { path: '/hook', body, headers: { ...headers, 'content-type': 'application/json' } },
  ]);
});

it('follows no redirect', async () => {
  const target = await receiver((response) => response.end());
  const { url } = await receiver((response) => response.writeHead(307, { location: target.url }).end());
  expect(await posterWith({})({ url, headers, body })).toBe(307);
  expect(target.connections()).toBe(0);
});

it.each([
  ['https://127.0.0.1/hook'],
  ['https://2130706433/hook'],
  ['https://0x7f.1/hook'],
  ['https://[::1]/hook'],
  ['https://[::ffff:10.0.0.5]/hook'],
  ['https://169.254.169.254/latest/meta-data'],
])('refuses the internal address %s before it connects', async (url) => {
  await expect(posterWith({ isAllowed: isPublicAddress })({ url, headers, body })).rejects.toMatchObject({
    code: 'webhook-address-refused',
  });
});

it.each([
  ['an internal address', ['127.0.0.1']],
  ['a public and an internal address', ['93.184.216.34', '127.0.0.1']],
  ['an internal address in IPv6', ['::ffff:127.0.0.1']],
  ['no address', []],
])('refuses a name with %s, and connects to none', async (_, addresses) => {
  const { port, connections } = await receiver((response) => response.end());
  const post = posterWith({ isAllowed: isPublicAddress, resolve: resolveTo(addresses) });
  await expect(post({ url: `https://hooks.example.com:${port}/`, headers, body })).rejects.toMatchObject({
    code: 'webhook-address-refused',
  });
  expect(connections()).toBe(0);
});

it('a name that changes to an internal address after the first post is refused at the second', async () => {
  const { port, connections } = await receiver((response) => response.end());
  // Stands for a public address that answers.
  const isAllowed = (address: string) => address === '127.0.0.1';
  const post = posterWith({ isAllowed, resolve: resolveTo(['127.0.0.1'], ['127.0.0.2']) });
  const url = `http://localhost:${port}/`;
  expect(await post({ url, headers, body })).toBe(200);
  await expect(post({ url, headers, body })).rejects.toMatchObject({ code: 'webhook-address-refused' });
  expect(connections()).toBe(1);
});

it('sends nothing in the clear to another machine', async () => {
  const post = posterWith({ isAllowed: () => true, resolve: resolveTo(['127.0.0.1']) });
  await expect(post({ url: 'http://hooks.example.com/', headers, body })).rejects.toMatchObject({
    code: 'webhook-not-encrypted',
  });
});

it('ends the connection to a receiver that never answers', async () => {
  const { url } = await receiver(() => undefined);
  await expect(posterWith({ timeoutMilliseconds: 300 })({ url, headers, body })).rejects.toMatchObject({
    code: 'webhook-timeout',
    retryable: true,
  });
});

it('takes the status of a receiver whose answer never ends', async () => {
  const { url } = await receiver((response) => response.writeHead(200).write('and'));
  expect(await posterWith({ timeoutMilliseconds: 1_000 })({ url, headers, body })).toBe(200);
});

it('reads no more than a part of an answer without end', async () => {
  let sent = 0;
  const chunk = Buffer.alloc(65_536);
  const { url } = await receiver((response) => {
    const send = () => {
      sent += chunk.length;
      if (!response.destroyed) response.write(chunk, () => setImmediate(send));
    };
    response.writeHead(200).on('error', () => undefined);
    send();
  });
  expect(await posterWith({})({ url, headers, body })).toBe(200);
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

it('says why a receiver cannot be reached', async () => {
  const { url, close } = await startReceiver((response) => response.end());
  await close();
  await expect(posterWith({})({ url, headers, body })).rejects.toMatchObject({
    code: 'webhook-unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
    retryable: true,
  });
});
