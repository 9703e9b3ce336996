import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { connectStack, type Stack } from '@fyrestream/operations';
import { z } from 'zod';
import { commandLine } from '../command-line.ts';
import { shellWord } from '../present/shell-word.ts';
import { runningCloudsFolder } from '../repository-paths.ts';
import { UsageError } from '../usage-error.ts';
import { type CloudConnection, readCloudConnection } from './cloud-connection.ts';
import { openDeployedStack } from './open-deployed-stack.ts';
import { findRunningCloud } from './running-clouds.ts';
import type { StackOptions } from './stack-options.ts';

/**
 * Opens the stack that the options of a command name.
 * @throws UsageError `no-local-cloud`; what `openDeployedStack` throws
 */
export async function openStack(options: StackOptions): Promise<Stack> {
  if (options.stack !== undefined) return openDeployedStack(options.stack);
  return openLocalStack(await requireLocalCloud(options));
}

/**
 * The running local cloud that the options of a command name.
 * @throws UsageError `no-local-cloud`
 */
export async function requireLocalCloud(options: StackOptions): Promise<CloudConnection> {
  const address = await findLocalCloud(options);
  if (address !== null) return address;
  throw options.data === undefined
    ? new UsageError(
        'no-local-cloud',
        `No local cloud is running: start one with \`${commandLine('local')}\`.`,
      )
    : new UsageError(
        'no-local-cloud',
        `No local cloud is running on ${options.data}: start one with \`${commandLine(`local --data ${shellWord(options.data)}`)}\`.`,
      );
}

export function findLocalCloud({ data }: Pick<StackOptions, 'data'>): Promise<CloudConnection | null> {
  return data === undefined ? findRunningCloud(runningCloudsFolder) : readCloudConnection(resolve(data));
}

const credentialsSchema = z.object({
  operator: z.object({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) }),
});

/** Opens a local cloud by its address, with the access key of its operator. */
export async function openLocalStack(address: CloudConnection): Promise<Stack> {
  const { environment, region, s3Url, url, dataDirectory } = address;
  const { operator } = credentialsSchema.parse(JSON.parse(await readFile(address.credentialsFile, 'utf8')));
  const endpoints = { s3: s3Url, dynamodb: url, sqs: url, ecs: url, logs: url };
  return connectStack({ region, credentials: operator, endpoints }, environment, {
    name: `the local cloud on ${dataDirectory}`,
    access: { region, local: { s3Url, url, ...operator } },
    dataDirectory,
    reopen: async () => {
      const running = await readCloudConnection(dataDirectory);
      return running === null ? null : openLocalStack(running);
    },
  });
}
