import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { parseSecret } from './parse-secret.ts';
import { signWebhook } from './sign-webhook.ts';

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const keyOf = (secret: string) => parseSecret(secret) ?? Buffer.alloc(0);
const body = JSON.stringify({ kind: 'job-succeeded', sourceKey: 'videos/Füße.mov' });
const now = () => Math.floor(Date.now() / 1_000);

it('receivers with either of two secrets accept the signature, and others refuse it', () => {
  const [current, previous, another] = [newSecret(), newSecret(), newSecret()];
  const headers = signWebhook({ id: 'job-7', timestampSeconds: now(), body }, [
    keyOf(current),
    keyOf(previous),
  ]);
  expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  for (const secret of [current, previous])
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(another).verify(body, headers)).toThrow('No matching signature found');
  expect(() => new Webhook(current).verify(`${body} `, headers)).toThrow('No matching signature found');
});

it('receivers refuse a post that is recorded and sent again later', () => {
  const secret = newSecret();
  const headers = signWebhook({ id: 'job-7', timestampSeconds: now() - 3_600, body }, [keyOf(secret)]);
  expect(() => new Webhook(secret).verify(body, headers)).toThrow('timestamp too old');
});

// From the specification.
it('signs the example of the specification as it says', () => {
  const key = keyOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  const headers = signWebhook(
    { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampSeconds: 1614265330, body: '{"test": 2432232314}' },
    [key],
  );
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

it.each([
  ['no prefix', randomBytes(32).toString('base64')],
  ['too short', `whsec_${randomBytes(16).toString('base64')}`],
  ['too long', `whsec_${randomBytes(65).toString('base64')}`],
  ['no base64', `whsec_${'ä'.repeat(40)}`],
  ['empty', ''],
])('refuses a secret with %s', (_, secret) => {
  expect(parseSecret(secret)).toBeNull();
});
