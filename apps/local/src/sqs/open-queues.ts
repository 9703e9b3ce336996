import { accountId, arn } from '../arn.ts';
import { type MeasureFreeSpace, measureFreeSpace, reservedBytes } from '../free-space.ts';
import { LocalError } from '../local-error.ts';
import type { QueueDefinition } from '../topology.ts';
import { loadFauxqsModules, type SqsQueue, type SqsStore } from './fauxqs-modules.ts';
import { findQueueDamage } from './find-queue-damage.ts';
import { patchDeadLetterMove, patchVisibilityTimeout } from './patch-fauxqs.ts';

export interface Queues {
  /** Runs one SQS operation by its API name, without a network connection. */
  readonly call: (operation: string, body: string, host: string) => Promise<QueueResponse>;
  /** Whether ReceiveMessage would return a message now. Costs much less than that call. */
  readonly hasVisibleMessage: (queueName: string) => boolean;
  readonly close: () => Promise<void>;
}

export interface QueueResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface QueuesOptions {
  readonly directory: string;
  /** The start of all queue URLs. */
  readonly baseUrl: string;
  readonly queues: readonly QueueDefinition[];
  readonly freeSpace?: MeasureFreeSpace;
}

/**
 * Opens fauxqs over SQLite in this process. Messages that were in flight when an earlier process ended become visible again,
 * because their consumers have ended too.
 * @throws LocalError `queues-damaged`, before anything is changed
 */
export async function openQueues(options: QueuesOptions): Promise<Queues> {
  const { directory, freeSpace = measureFreeSpace } = options;
  const damage = findQueueDamage(directory);
  if (damage !== null) throw damaged(directory, damage);
  const { buildApp, PersistenceManager, S3Store, SnsStore, SqsStore } = await loadFauxqsModules();
  const persistence = new PersistenceManager(directory);
  patchVisibilityTimeout(persistence);
  const sqsStore = new SqsStore();
  const snsStore = new SnsStore();
  persistence.loadSqsAndSns(sqsStore, snsStore);
  sqsStore.host = '';
  sqsStore.persistence = persistence;
  for (const queue of [...sqsStore.allQueues()]) {
    queue.persistence = persistence;
    moveToUrl(sqsStore, queue, queueUrl(options.baseUrl, queue.name));
    for (const receiptHandle of [...queue.inflightMessages.keys()]) queue.changeVisibility(receiptHandle, 0);
  }
  for (const definition of options.queues) ensureQueue(sqsStore, options.baseUrl, definition);
  for (const queue of sqsStore.allQueues()) patchDeadLetterMove(queue, persistence);
  const stores = { sqsStore, snsStore, s3Store: new S3Store() } as unknown as NonNullable<
    NonNullable<Parameters<typeof buildApp>[0]>['stores']
  >;
  const app = buildApp({ logger: false, stores });
  await app.ready();
  return {
    call: async (operation, body, host) => {
      const isFull = /^SendMessage/.test(operation) && (await freeSpace(directory)) < reservedBytes.records;
      if (isFull) return diskFull;
      const answer = await app.inject({
        method: 'POST',
        url: '/',
        headers: {
          host,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `AmazonSQS.${operation}`,
        },
        payload: body,
      });
      const error = answer.headers['x-amzn-query-error'];
      return {
        status: answer.statusCode,
        headers: typeof error === 'string' ? { 'x-amzn-query-error': error } : {},
        body: answer.body,
      };
    },
    hasVisibleMessage: (queueName) => {
      const queue = sqsStore.getQueueByName(queueName);
      queue?.processTimers();
      return queue !== undefined && queue.messages.length > 0;
    },
    close: async () => {
      await app.close();
      persistence.close();
    },
  };
}

const diskFull: QueueResponse = {
  status: 503,
  headers: {},
  body: JSON.stringify({ __type: 'ServiceUnavailable', message: 'The disk of the local cloud is full.' }),
};

function damaged(directory: string, damage: string): LocalError {
  return new LocalError({
    code: 'queues-damaged',
    message:
      `The queues in ${directory} are damaged: ${damage}. Restore the folder from a backup, or move it away to start with ` +
      'empty queues: the periodic sweep finds uploads without a job, and jobs that wait.',
    retryable: false,
  });
}

export function queueUrl(baseUrl: string, name: string): string {
  return `${baseUrl}/${accountId}/${name}`;
}

function ensureQueue(store: SqsStore, baseUrl: string, definition: QueueDefinition): void {
  setQueue(store, baseUrl, definition.deadLetterName, { MessageRetentionPeriod: '1209600' });
  setQueue(store, baseUrl, definition.name, {
    VisibilityTimeout: String(definition.visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: arn.queue(definition.deadLetterName),
      maxReceiveCount: definition.maxReceives,
    }),
  });
}

function setQueue(store: SqsStore, baseUrl: string, name: string, attributes: Record<string, string>): void {
  const queue = store.getQueueByName(name);
  if (queue === undefined) store.createQueue(name, queueUrl(baseUrl, name), arn.queue(name), attributes);
  else queue.setAttributes(attributes);
}

/** Updates the URL of a queue, because the port may differ from that of the last start. */
function moveToUrl(store: SqsStore, queue: SqsQueue, url: string): void {
  store.queues.delete(queue.url);
  queue.url = url;
  store.queues.set(url, queue);
}
