import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPoster } from './http/create-poster.ts';
import { isLoopbackAddress } from './http/is-public-address.ts';
import { parseSecret } from './parse-secret.ts';
import { signWebhook } from './sign-webhook.ts';

/** The code that docs/integrating.md gives to receivers, in a process of its own, on any free port. */
const page = readFileSync(new URL('../../../docs/integrating.md', import.meta.url), 'utf8');
const listen = '.listen(8080)';
const programs = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, program = '']) => program);
const code = programs.find((program) => program.includes(listen)) ?? '';
// Where it finds the package, and no other tool looks.
const file = fileURLToPath(new URL('../node_modules/.documented-receiver.mjs', import.meta.url));
const secret = `whsec_${randomBytes(32).toString('base64')}`;

let receiver: ChildProcess;
let url: string;

beforeAll(async () => {
  expect(code).toContain(listen);
  const onAnyPort = ".listen(0, '127.0.0.1', function () { process.send(this.address().port); })";
  writeFileSync(file, code.replace(listen, onAnyPort));
  receiver = fork(file, { silent: true, env: { FYRESTREAM_WEBHOOK_SECRET: secret } });
  const [port] = await once(receiver, 'message');
  url = `http://127.0.0.1:${port}/`;
});
afterAll(() => {
  receiver.kill('SIGKILL');
  rmSync(file);
});

it('the documented receiver takes signed events, handles a repetition once, and refuses others', async () => {
  const body = JSON.stringify({ eventId: 'job-7', kind: 'job-succeeded', sourceKey: 'videos/Füße.mov' });
  const post = createPoster({ isAllowed: isLoopbackAddress, timeoutMilliseconds: 60_000 });
  const send = (key: Buffer | null) => {
    const timestampSeconds = Math.floor(Date.now() / 1_000);
    const keys = [key ?? Buffer.alloc(32), randomBytes(32)];
    return post({ url, body, headers: signWebhook({ id: 'job-7', timestampSeconds, body }, keys) });
  };
  const key = parseSecret(secret);
  expect([await send(key), await send(key), await send(randomBytes(32))]).toEqual([204, 204, 401]);
  receiver.kill();
  expect(receiver.stdout && (await text(receiver.stdout))).toBe('job-succeeded videos/Füße.mov\n');
});
