import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSigningKeys } from './create-signing-keys.ts';

const newSecret = () => `whsec_${randomBytes(24).toString('base64')}`;
const keyOf = (secret: string) => Buffer.from(secret.slice('whsec_'.length), 'base64');

function keysWith(values: { current: string | null; previous: string | null }) {
  const stored = { ...values };
  const reads: string[] = [];
  let now = 0;
  const keys = createSigningKeys({
    secrets: {
      read: async (name) => {
        reads.push(name);
        return { ...stored };
      },
    },
    secretPrefix: 'fyrestream-webhook-dev-',
    nowMilliseconds: () => now,
  });
  return {
    keysOf: keys.of,
    forget: keys.forget,
    reads,
    stored,
    wait: (seconds: number) => (now += seconds * 1_000),
  };
}

it('signs with the new secret and the one before, a minute after a rotation', async () => {
  const [first, second] = [newSecret(), newSecret()];
  const { keysOf, reads, stored, wait } = keysWith({ current: first, previous: null });
  expect(await keysOf('studio')).toEqual([keyOf(first)]);
  Object.assign(stored, { current: second, previous: first });
  expect(await keysOf('studio')).toEqual([keyOf(first)]);
  wait(60);
  expect(await keysOf('studio')).toEqual([keyOf(second), keyOf(first)]);
  expect(reads).toEqual(['fyrestream-webhook-dev-studio', 'fyrestream-webhook-dev-studio']);
});

it('reads the secret again after a refused post', async () => {
  const [first, second] = [newSecret(), newSecret()];
  const { keysOf, forget, stored } = keysWith({ current: first, previous: null });
  await keysOf('studio');
  Object.assign(stored, { current: second, previous: first });
  forget('studio');
  expect(await keysOf('studio')).toEqual([keyOf(second), keyOf(first)]);
});

it('says which secret is missing or invalid, and reads it again at the next attempt', async () => {
  const { keysOf, stored } = keysWith({ current: null, previous: null });
  await expect(keysOf('studio')).rejects.toMatchObject({ code: 'webhook-secret-missing', retryable: true });
  stored.current = 'secret';
  await expect(keysOf('studio')).rejects.toMatchObject({
    code: 'webhook-secret-invalid',
    message: expect.stringContaining('fyrestream-webhook-dev-studio'),
  });
  stored.current = newSecret();
  expect(await keysOf('studio')).toHaveLength(1);
});

it('signs with a valid secret also where the one before was none', async () => {
  const secret = newSecret();
  const { keysOf } = keysWith({ current: secret, previous: 'a first try' });
  expect(await keysOf('studio')).toEqual([keyOf(secret)]);
});
