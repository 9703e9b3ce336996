import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createEndpointStates, createMessageQueue } from '@fyrestream/cloud';
import { type JobEvent, uploadKey, type Webhooks } from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient } from './pipeline/pipeline-client.ts';
import { eventually } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhooks/webhook-receiver.ts';

/** The notifier, its queue, the bus and Secrets Manager are those of the local cloud; the receivers are servers of their own. */
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const secretOf = (endpoint: string) => `fyrestream-webhook-local/${endpoint}`;

function jobEvent(index: number): JobEvent {
  const kinds = ['job-queued', 'job-started', 'job-failed'] as const;
  const kind = kinds[index % kinds.length] ?? 'job-queued';
  const jobId = String.fromCharCode(97 + (index % 26)).repeat(26);
  return {
    schemaVersion: 1,
    eventId: `${jobId}-${index}`,
    kind,
    jobId,
    sourceKey: `videos/Füße ${index}.mov`,
    status: 'queued',
    reason: null,
    outputs: null,
    at: '2026-01-02T03:04:05.678Z',
  };
}

class WebhookCloud {
  readonly receivers = new Map<string, WebhookReceiver>();
  readonly secrets = new Map<string, string>();
  readonly directory = mkdtempSync(join(tmpdir(), 'fyrestream-webhooks-'));
  #cloud: LocalCloud | undefined;

  /** @param behaviours of the receivers, by the names of their endpoints */
  async start(
    behaviours: Record<
      string,
      { answer: (attempt: number) => number | Promise<number>; kinds?: JobEvent['kind'][] }
    >,
    retryDelaysSeconds: readonly number[],
  ): Promise<void> {
    const webhooks: Webhooks = {};
    for (const [name, { answer, kinds }] of Object.entries(behaviours)) {
      const secret = newSecret();
      const receiver = await startWebhookReceiver(secret, answer);
      this.secrets.set(name, secret);
      this.receivers.set(name, receiver);
      webhooks[name] = { url: receiver.url, ...(kinds && { kinds }) };
    }
    const topology = testTopology();
    const { queues, webhookSource } = topology;
    this.#cloud = await startLocalCloud({
      dataDirectory: this.directory,
      topology: {
        ...topology,
        queues: { ...queues, webhooks: { ...queues.webhooks, maxReceives: retryDelaysSeconds.length + 1 } },
        webhooks,
        webhookRetryDelaysSeconds: retryDelaysSeconds,
        webhookSource: { ...webhookSource, pollIntervalSeconds: 0.05 },
      },
    });
    for (const [name, secret] of this.secrets) await this.putSecret(name, secret);
  }

  get connection() {
    if (this.#cloud === undefined) throw new TypeError('The cloud is not started.');
    const { connection } = this.#cloud;
    return {
      ...connection,
      endpoints: { sqs: connection.url, dynamodb: connection.url, s3: connection.s3Url },
    };
  }

  receiver(name: string): WebhookReceiver {
    const receiver = this.receivers.get(name);
    if (receiver === undefined) throw new TypeError(`No receiver ${name}.`);
    return receiver;
  }

  async putSecret(endpoint: string, secret: string): Promise<void> {
    const { region, credentials, url } = this.connection;
    const client = new SecretsManagerClient({ region, credentials, endpoint: url });
    await client.send(new PutSecretValueCommand({ SecretId: secretOf(endpoint), SecretString: secret }));
    client.destroy();
  }

  async publish(events: readonly JobEvent[]): Promise<void> {
    const { region, credentials, url, environment } = this.connection;
    const client = new EventBridgeClient({ region, credentials, endpoint: url });
    for (const event of events) {
      const entry = { Source: 'fyrestream', DetailType: event.kind, Detail: JSON.stringify(event) };
      await client.send(
        new PutEventsCommand({ Entries: [{ ...entry, EventBusName: environment.FYRESTREAM_EVENT_BUS }] }),
      );
    }
    client.destroy();
  }

  /** Resolves when a receiver took all these events. */
  async untilTaken(name: string, events: readonly JobEvent[]): Promise<void> {
    const { taken } = this.receiver(name);
    await eventually(() => events.every(({ eventId }) => taken.has(eventId)) || undefined);
  }

  stateOf(name: string) {
    const table = this.connection.environment.FYRESTREAM_JOBS_TABLE ?? '';
    return createEndpointStates(this.connection, table).read({ name, url: this.receiver(name).url });
  }

  async deadLetters(): Promise<string[]> {
    const url = this.connection.environment.FYRESTREAM_WEBHOOK_DEAD_LETTER_QUEUE_URL ?? '';
    const messages = await createMessageQueue(this.connection, url).receive(0);
    return messages
      .map(({ body }) => `${JSON.parse(body).endpoint} ${JSON.parse(body).event.eventId}`)
      .sort();
  }

  async stop(): Promise<void> {
    await this.#cloud?.stop();
    await Promise.all([...this.receivers.values()].map((receiver) => receiver.close()));
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

describe('receivers of webhooks', () => {
  const cloud = new WebhookCloud();
  const events = Array.from({ length: 24 }, (_, index) => jobEvent(index));

  beforeAll(async () => {
    await cloud.start(
      {
        steady: { answer: () => 204 },
        failing: { answer: (attempt) => (attempt <= 3 ? 500 : 200) },
        slow: { answer: async () => await new Promise((resolve) => setTimeout(resolve, 1_000, 200)) },
        gone: { answer: () => 200 },
        choosy: { answer: () => 200, kinds: ['job-failed', 'job-succeeded'] },
        early: { answer: () => 200 },
        late: { answer: () => 200 },
      },
      Array.from({ length: 300 }, () => 1),
    );
  });
  afterAll(async () => {
    await cloud.stop();
  });

  it('get every event under a stable id, also when they answer 500, are slow, are gone or get a new secret', async () => {
    cloud.receiver('gone').goAway();
    await cloud.publish(events.slice(0, 12));
    // It comes back after the notifier has noticed.
    await eventually(async () => (await cloud.stateOf('gone'))?.failingSince);
    for (const name of ['early', 'late']) await cloud.untilTaken(name, events.slice(0, 6));

    // A rotation: one receiver has the new secret at once, the other one still has the old.
    for (const name of ['early', 'late']) {
      const secret = newSecret();
      await cloud.putSecret(name, secret);
      if (name === 'early') cloud.receiver(name).setSecret(secret);
    }
    await cloud.publish(events.slice(12));
    cloud.receiver('gone').comeBack();

    const wanted = events.filter(({ kind }) => kind === 'job-failed');
    for (const name of cloud.receivers.keys())
      await cloud.untilTaken(name, name === 'choosy' ? wanted : events);

    for (const [name, { taken }] of cloud.receivers) {
      const expected = name === 'choosy' ? wanted : events;
      expect([...taken.keys()].sort(), name).toEqual(expected.map(({ eventId }) => eventId).sort());
      for (const event of expected)
        for (const repetition of taken.get(event.eventId) ?? []) expect(repetition).toEqual(event);
    }
    expect(cloud.receiver('failing').answers.filter((status) => status === 500)).toHaveLength(
      3 * events.length,
    );
    // What went wrong with the others repeated nothing here.
    expect(cloud.receiver('steady').answers).toHaveLength(events.length);
    // All of them work, so none has a state.
    await eventually(async () => {
      const states = await Promise.all([...cloud.receivers.keys()].map((name) => cloud.stateOf(name)));
      return states.every((state) => state === null) || undefined;
    });
    expect(await cloud.deadLetters()).toEqual([]);
  });

  it('get the events of a real job, as they are published', async () => {
    const pipeline = openPipelineClient(cloud.connection);
    const clip = join(cloud.directory, 'clip.mp4');
    await makeClip(clip, { size: '128x72', seconds: 1 });
    const { jobId } = await pipeline.upload(uploadKey('clip.mp4'), clip);
    const { status } = await pipeline.settled(jobId);
    pipeline.close();
    expect(status).toBe('succeeded');
    const published = readFileSync(join(cloud.directory, 'events.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).detail as JobEvent)
      .filter((event) => event.jobId === jobId);
    expect(published.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['job-queued', 'job-started', 'job-succeeded']),
    );
    await cloud.untilTaken('steady', published);
    const { taken } = cloud.receiver('steady');
    for (const event of published) expect(taken.get(event.eventId)).toContainEqual(event);
    // `fyrestream logs` finds the lines of the notifier by the id of the job.
    const log = readFileSync(join(cloud.directory, 'logs', 'fyrestream-notifier-local.log'), 'utf8');
    expect(log).toMatch(new RegExp(`"endpoint":"steady","eventId":"${jobId}-\\d+","msg":"delivered"`));
  });
});

describe('a receiver that takes nothing', () => {
  const cloud = new WebhookCloud();
  const events = [jobEvent(1), jobEvent(2)];
  const idsOf = (...names: string[]) =>
    names.flatMap((name) => events.map(({ eventId }) => `${name} ${eventId}`)).sort();

  beforeAll(async () => {
    await cloud.start(
      { closed: { answer: () => 410 }, broken: { answer: () => 503 }, steady: { answer: () => 200 } },
      [0, 1],
    );
  });
  afterAll(async () => {
    await cloud.stop();
  });

  it('is disabled, its events are dead letters, and the others get theirs once', async () => {
    await cloud.publish(events.slice(0, 1));
    for (const name of ['closed', 'broken'])
      await eventually(async () => (await cloud.stateOf(name))?.disabledAt);
    const posts = () => ['closed', 'broken'].map((name) => cloud.receiver(name).answers.length);
    expect(posts()).toEqual([1, 3]);
    // Nothing is posted to a disabled endpoint.
    await cloud.publish(events.slice(1));
    const dead = idsOf('broken', 'closed');
    await eventually(async () => (await cloud.deadLetters()).length === dead.length || undefined);
    expect(await cloud.deadLetters()).toEqual(dead);
    expect(posts()).toEqual([1, 3]);
    await cloud.untilTaken('steady', events);
    expect(cloud.receiver('steady').answers).toEqual([200, 200]);
  });
});
