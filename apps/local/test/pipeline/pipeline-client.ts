import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  createLedger,
  createObjectStore,
  type Ledger,
  type ObjectStore,
  systemClock,
} from '@fyrestream/cloud';
import { isTerminal, type JobRecord, jobIdOf, stablePrefix, type Upload } from '@fyrestream/events';
import type { TaskRecord } from '../../src/ecs/task-record.ts';
import type { LocalConnection } from '../../src/local-connection.ts';
import { eventually } from '../test-service-gateway.ts';

const delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };

type QueueName = 'uploads' | 'uploads-dead' | 'control' | 'control-dead';

/** A running local cloud as its operator and the makers of tests see it. */
export interface PipelineClient {
  readonly sourceBucket: string;
  readonly outputBucket: string;
  readonly store: ObjectStore;
  readonly ledger: Ledger;
  /** Puts a file into the source bucket. */
  upload(key: string, path: string): Promise<{ jobId: string; upload: Upload }>;
  /** Resolves with the job when it is over and all its owed events are published. */
  settled(jobId: string): Promise<JobRecord>;
  /** All tasks that were ever started for a job. */
  tasksOf(jobId: string): Promise<TaskRecord[]>;
  send(queue: QueueName, body: string): Promise<string>;
  /** Messages that are in a queue: visible, being handled and delayed. */
  messagesIn(queue: QueueName): Promise<number>;
  /** Every key of the output bucket under a prefix. */
  listOutputs(prefix: string): Promise<string[]>;
  /** Fetches the stable files and the published version of a job into a folder, each below its key. @returns the keys */
  fetchOutputs(job: JobRecord, folder: string): Promise<string[]>;
  headersOf(key: string): Promise<{ contentType: string; cacheControl: string }>;
  log(name: 'poller' | 'invoker'): Promise<string>;
  close(): void;
}

export function openPipelineClient(connection: LocalConnection): PipelineClient {
  const { environment, credentials, region, url, s3Url, dataDirectory } = connection;
  const variable = (name: string) => environment[name] ?? '';
  const cloud = { region, credentials, endpoints: { s3: s3Url, dynamodb: url } };
  const store = createObjectStore(cloud);
  const ledger = createLedger(cloud, {
    tableName: variable('FYRESTREAM_JOBS_TABLE'),
    recordRetentionDays: 1,
    clock: systemClock,
  });
  const s3 = new S3Client({ region, credentials, endpoint: s3Url, forcePathStyle: true });
  const sqs = new SQSClient({ region, credentials, endpoint: url });
  const sourceBucket = variable('FYRESTREAM_SOURCE_BUCKET');
  const outputBucket = variable('FYRESTREAM_OUTPUT_BUCKET');
  const queueUrls: Record<QueueName, string> = {
    uploads: variable('FYRESTREAM_QUEUE_URL'),
    'uploads-dead': variable('FYRESTREAM_DEAD_LETTER_QUEUE_URL'),
    control: variable('FYRESTREAM_CONTROL_QUEUE_URL'),
    'control-dead': variable('FYRESTREAM_CONTROL_DEAD_LETTER_QUEUE_URL'),
  };
  const listOutputs = async (prefix: string) =>
    (await store.list(outputBucket, prefix)).map((object) => object.key);
  return {
    sourceBucket,
    outputBucket,
    store,
    ledger,
    async upload(key, path) {
      const { etag, versionId } = await store.upload({ bucket: sourceBucket, key }, path, delivery);
      const jobId = jobIdOf({ bucket: sourceBucket, key, versionId, etag });
      const job = await eventually(async () => (await ledger.readJob(jobId)) ?? undefined);
      return { jobId, upload: job.upload };
    },
    settled: (jobId) =>
      eventually(async () => {
        const job = await ledger.readJob(jobId);
        return job !== null && isTerminal(job) && job.owed.length === 0 ? job : undefined;
      }),
    async tasksOf(jobId) {
      const folder = join(dataDirectory, 'ecs', 'tasks');
      const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
      const tasks = await Promise.all(
        names.map(
          async (name): Promise<TaskRecord> => JSON.parse(await readFile(join(folder, name), 'utf8')),
        ),
      );
      return tasks.filter((task) => task.startedBy === jobId);
    },
    async send(queue, body) {
      const answer = await sqs.send(
        new SendMessageCommand({ QueueUrl: queueUrls[queue], MessageBody: body }),
      );
      return answer.MessageId ?? '';
    },
    async messagesIn(queue) {
      const names = ['', 'NotVisible', 'Delayed'].map((kind) => `ApproximateNumberOfMessages${kind}`);
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrls[queue], AttributeNames: ['All'] }),
      );
      const counts: Record<string, string> = { ...Attributes };
      return names.reduce((sum, name) => sum + Number(counts[name] ?? 0), 0);
    },
    listOutputs,
    async fetchOutputs({ upload, outputs }, folder) {
      const prefixes = [stablePrefix(upload.key), ...(outputs === null ? [] : [outputs.prefix])];
      const keys = (await Promise.all(prefixes.map(listOutputs))).flat();
      for (const key of keys) {
        const path = join(folder, key);
        await mkdir(dirname(path), { recursive: true });
        await store.download({ bucket: outputBucket, key }, path);
      }
      return keys;
    },
    async headersOf(key) {
      const head = await s3.send(new HeadObjectCommand({ Bucket: outputBucket, Key: key }));
      return { contentType: head.ContentType ?? '', cacheControl: head.CacheControl ?? '' };
    },
    log: (name) => {
      const file = name === 'poller' ? 'fyrestream-sqs-poller-local' : 'fyrestream-transcoder-invoker-local';
      return readFile(join(dataDirectory, 'logs', `${file}.log`), 'utf8');
    },
    close() {
      s3.destroy();
      sqs.destroy();
    },
  };
}
