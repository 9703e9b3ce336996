import {
  createEventPublisher,
  createLedger,
  createLogger,
  createMessageSender,
  createObjectStore,
  createTaskLauncher,
} from '@fyrestream/cloud';
import { launchTargetEnvironmentSchema, launchTargetFrom } from '@fyrestream/events';
import { createInvoker } from '@fyrestream/invoker';
import { fargatePrices } from '@fyrestream/media';
import { expect } from 'vitest';
import { createDataLayout } from '../../src/data-directory/data-layout.ts';
import { loadAccessKeys } from '../../src/iam/access-keys.ts';
import type { LocalCloud } from '../../src/start-local-cloud.ts';
import type { PipelineClient } from '../pipeline/pipeline-client.ts';

/** The invoker with its permissions, with a clock that many days ahead. */
export function openInvoker(
  cloud: LocalCloud,
  pipeline: PipelineClient,
  {
    days,
    oldVersionRetentionDays,
    deleteAfterSourceDays = null,
  }: { days: number; oldVersionRetentionDays: number; deleteAfterSourceDays?: number | null },
) {
  const { region, url, s3Url, environment } = cloud.connection;
  const credentials = loadAccessKeys(
    createDataLayout(cloud.connection.dataDirectory).credentialsFile,
  ).invoker;
  const connection = {
    region,
    credentials,
    endpoints: { s3: s3Url, dynamodb: url, sqs: url, eventbridge: url, ecs: url },
  };
  const variable = (name: string) => environment[name] ?? '';
  const clock = () => new Date(Date.now() + days * 86_400_000).toISOString();
  return createInvoker({
    ledger: createLedger(connection, {
      tableName: variable('FYRESTREAM_JOBS_TABLE'),
      recordRetentionDays: 90,
      clock,
    }),
    store: createObjectStore(connection),
    launcher: createTaskLauncher(connection),
    sender: createMessageSender(connection, variable('FYRESTREAM_CONTROL_QUEUE_URL')),
    events: createEventPublisher(connection, variable('FYRESTREAM_EVENT_BUS')),
    choose: async () => expect.unreachable('there is no upload'),
    inspect: async () => expect.unreachable('there is no upload'),
    prices: fargatePrices({ region: 'us-east-1', architecture: 'x86_64' }),
    estimateJob: () => expect.unreachable('there is no upload'),
    clock,
    log: createLogger('test', 'silent'),
    settings: {
      sourceBucket: pipeline.sourceBucket,
      outputBucket: pipeline.outputBucket,
      oldVersionRetentionDays,
      deleteAfterSourceDays,
      maxConcurrentTasks: 1,
      costLimitUsd: 1,
      priorities: {},
      shares: {},
      launchTarget: launchTargetFrom(launchTargetEnvironmentSchema.parse(environment)),
      spotFirst: true,
    },
  });
}
