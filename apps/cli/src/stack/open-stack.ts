import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { runningCloudsFolder } from '../repository-folders.ts';
import { UsageError } from '../usage-error.ts';
import { type CloudAddress, readCloudAddress } from './cloud-address.ts';
import { findRunningCloud } from './running-clouds.ts';
import type { Stack } from './stack.ts';
import type { StackOptions } from './stack-options.ts';

/**
 * The stack that a command is to work on.
 * @throws UsageError `no-local-cloud`
 */
export async function openStack(options: StackOptions): Promise<Stack> {
  const address = await findLocalCloud(options);
  if (address !== null) return openLocalStack(address);
  throw options.data === undefined
    ? new UsageError('no-local-cloud', 'No local cloud is running: start one with `pnpm fyrestream local`.')
    : new UsageError(
        'no-local-cloud',
        `No local cloud is running on ${options.data}: start one with \`pnpm fyrestream local --data ${options.data}\`.`,
      );
}

export function findLocalCloud({ data }: StackOptions): Promise<CloudAddress | null> {
  return data === undefined ? findRunningCloud(runningCloudsFolder) : readCloudAddress(resolve(data));
}

const credentialsSchema = z.object({
  operator: z.object({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) }),
});

/** The stack behind the address of a local cloud, as its operator. */
export async function openLocalStack(address: CloudAddress): Promise<Stack> {
  const { environment, region, s3Url, url } = address;
  const credentials = credentialsSchema.parse(JSON.parse(await readFile(address.credentialsFile, 'utf8')));
  // Loading the AWS SDK takes longer than all the rest of a small command: only those that need it wait for it.
  const { createLedger, createObjectStore, systemClock } = await import('@fyrestream/cloud');
  const connection = { region, credentials: credentials.operator, endpoints: { s3: s3Url, dynamodb: url } };
  return {
    sourceBucket: environment.FYRESTREAM_SOURCE_BUCKET,
    outputBucket: environment.FYRESTREAM_OUTPUT_BUCKET,
    ledger: createLedger(connection, {
      tableName: environment.FYRESTREAM_JOBS_TABLE,
      recordRetentionDays: environment.FYRESTREAM_RECORD_RETENTION_DAYS,
      clock: systemClock,
    }),
    store: createObjectStore(connection),
  };
}
