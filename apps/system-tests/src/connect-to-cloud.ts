import {
  createLedger,
  createMessageQueue,
  createObjectStore,
  type Ledger,
  type ObjectStore,
  systemClock,
} from '@fyrestream/cloud';
import { jobIdOf } from '@fyrestream/events';
import type { LocalConnection } from '@fyrestream/local';

/** Clients for a running local cloud, as its operator has them. */
export interface CloudClients {
  readonly sourceBucket: string;
  readonly outputBucket: string;
  readonly store: ObjectStore;
  readonly ledger: Ledger;
  /** Uploads a file into the source bucket. @returns its version, and the job that it gets if its key is that of a video */
  upload(file: string, key: string): Promise<UploadedFile>;
  /** Messages in both queues: waiting, delayed or received. */
  countMessages(): Promise<Record<'uploads' | 'control', number>>;
  /** Bodies of the messages in both dead-letter queues. */
  readDeadLetters(): Promise<string[]>;
}

export interface UploadedFile {
  readonly versionId: string;
  readonly jobId: string;
}

/** Received dead letters stay hidden for this long, so that each is read once. */
const hiddenSeconds = 300;

export function connectToCloud({
  environment,
  credentials,
  region,
  url,
  s3Url,
}: LocalConnection): CloudClients {
  const connection = { region, credentials, endpoints: { s3: s3Url, dynamodb: url, sqs: url } };
  const variable = (name: string) => environment[name] ?? '';
  const queue = (name: string) => createMessageQueue(connection, variable(name));
  const uploads = queue('FYRESTREAM_QUEUE_URL');
  const control = queue('FYRESTREAM_CONTROL_QUEUE_URL');
  const sourceBucket = variable('FYRESTREAM_SOURCE_BUCKET');
  const store = createObjectStore(connection);
  const deadLetterQueues = [
    queue('FYRESTREAM_DEAD_LETTER_QUEUE_URL'),
    queue('FYRESTREAM_CONTROL_DEAD_LETTER_QUEUE_URL'),
  ];
  const count = async ({ depth }: typeof uploads) => {
    const { waiting, delayed, underWay } = await depth();
    return waiting + delayed + underWay;
  };
  return {
    sourceBucket,
    outputBucket: variable('FYRESTREAM_OUTPUT_BUCKET'),
    store,
    ledger: createLedger(connection, {
      tableName: variable('FYRESTREAM_JOBS_TABLE'),
      recordRetentionDays: 1,
      clock: systemClock,
    }),
    async upload(file, key) {
      const delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
      const { versionId, etag } = await store.upload({ bucket: sourceBucket, key }, file, delivery);
      const jobId = jobIdOf({ bucket: sourceBucket, key, versionId, etag });
      return { versionId: versionId ?? '', jobId };
    },
    async countMessages() {
      return { uploads: await count(uploads), control: await count(control) };
    },
    async readDeadLetters() {
      const bodies: string[] = [];
      for (const deadLetters of deadLetterQueues) {
        let messages = await deadLetters.receive(hiddenSeconds);
        while (messages.length > 0) {
          bodies.push(...messages.map(({ body }) => body));
          messages = await deadLetters.receive(hiddenSeconds);
        }
      }
      return bodies;
    },
  };
}
