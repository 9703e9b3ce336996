import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createEventPublisher } from '@fyrestream/cloud';
import type { JobEvent } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startCloud } from './start-cloud.ts';

const event: JobEvent = {
  schemaVersion: 1,
  eventId: `${'a'.repeat(26)}-7`,
  kind: 'job-failed',
  jobId: 'a'.repeat(26),
  sourceKey: 'videos/a.mov',
  status: 'failed',
  reason: null,
  outputs: null,
  at: '2026-01-02T03:04:05.678Z',
};

let status = 410;
let posts = 0;
const receiver = createServer((_request, response) => {
  posts += 1;
  response.writeHead(status).end();
});
let cloud: Awaited<ReturnType<typeof startCloud>>;

beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  cloud = await startCloud({ webhooks: { studio: { url: `http://127.0.0.1:${port}/` } } });
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const file = join(cloud.folder, 'data', 'secrets.json');
  writeFileSync(file, JSON.stringify({ 'fyrestream-webhook-local/studio': secret }));
});
afterAll(async () => {
  await cloud.stop();
  receiver.close();
});

const lines = (output: string) =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

async function webhooksFinding() {
  const { output } = await cloud.run('doctor', '--json');
  return lines(output).find(({ about }) => about === 'webhooks');
}

async function publish(): Promise<void> {
  const { access } = await cloud.openStack();
  if (access.local === null) throw new TypeError('The cloud is not local.');
  const { url, accessKeyId, secretAccessKey } = access.local;
  const credentials = { accessKeyId, secretAccessKey };
  const connection = { region: access.region, credentials, endpoints: { eventbridge: url } };
  await createEventPublisher(connection, 'fyrestream-local').publish([event]);
}

it('doctor names an endpoint that is disabled, and redrive enables it and sends what it missed', async () => {
  expect(await webhooksFinding()).toMatchObject({
    verdict: 'well',
    message: expect.stringMatching(/^studio; 0 waiting/),
  });
  await publish();
  await vi.waitFor(async () => {
    expect(await webhooksFinding()).toMatchObject({
      verdict: 'wrong',
      message: expect.stringMatching(
        /studio is disabled since .* answered 410 \(webhook-gone\); dead letters: 1/,
      ),
    });
  }, 600_000);
  const shown = await cloud.run('redrive', '--webhooks', '--dry-run', '--json');
  expect(lines(shown.output)).toEqual([
    expect.objectContaining({
      about: `job-failed ${event.eventId} for the webhook studio`,
      reason: expect.objectContaining({ code: 'webhook-gone' }),
      requeued: false,
    }),
  ]);

  // It is still gone: the run ends, and the event is a dead letter again.
  const inVain = await cloud.run('redrive', '--webhooks', '--json');
  expect(lines(inVain.output)).toHaveLength(1);
  await vi.waitFor(async () => {
    expect(posts).toBe(2);
    expect(await webhooksFinding()).toMatchObject({ message: expect.stringContaining('dead letters: 1') });
  }, 600_000);

  status = 204;
  const { notes } = await cloud.run('redrive', '--webhooks');
  expect(notes).toContain('dead letters of the webhook queue: 1, all requeued');
  await vi.waitFor(async () => {
    expect(posts).toBe(3);
    expect(await webhooksFinding()).toMatchObject({ verdict: 'well' });
  }, 600_000);
});

it('one run redrives one queue', async () => {
  expect(await cloud.run('redrive', '--webhooks', '--control')).toMatchObject({
    exitCode: 2,
    notes: expect.stringContaining("'--webhooks' cannot be used with option '--control'"),
  });
});
