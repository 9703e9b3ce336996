import { FyrestreamError } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import type { StackConfig } from '../config/read-config.ts';
import { defaultDataDirectory } from '../repository-paths.ts';
import { UsageError } from '../usage-error.ts';
import { type CloudConnection, readCloudConnection } from './cloud-connection.ts';
import { hostLocalCloud } from './host-local-cloud.ts';
import { findLocalCloud, openLocalStack } from './open-stack.ts';

export interface LocalCloudSession {
  readonly stack: Stack;
  readonly url: string;
  readonly dataDirectory: string;
  /** Whether it was started in this process. */
  readonly isStartedHere: boolean;
  /** The names of the settings that have no effect on it. */
  readonly unusedSettings: readonly string[];
  /** Stops the cloud if it was started here. */
  readonly release: () => Promise<void>;
}

/**
 * Uses the running local cloud, or starts one that runs until `release`.
 * @throws UsageError `local-cloud-runs` if a config is given, but a cloud runs with its own
 */
export async function useLocalCloud(
  data: string | undefined,
  config: StackConfig | undefined,
): Promise<LocalCloudSession> {
  const dataDirectory = data ?? defaultDataDirectory;
  const running =
    (await findLocalCloud({ ...(data !== undefined && { data }) })) ??
    (await readCloudConnection(dataDirectory));
  if (running !== null && config !== undefined) throw runsAlready(running.dataDirectory);
  if (running !== null) {
    return openSession(running, { isStartedHere: false, unusedSettings: [], release: async () => {} });
  }
  const cloud = await hostLocalCloud({ dataDirectory, config });
  try {
    const address = await readCloudConnection(cloud.dataDirectory);
    if (address === null) throw notAnswering(cloud.dataDirectory);
    return await openSession(address, {
      isStartedHere: true,
      unusedSettings: cloud.unusedSettings,
      release: cloud.stop,
    });
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

async function openSession(
  address: CloudConnection,
  rest: Pick<LocalCloudSession, 'isStartedHere' | 'unusedSettings' | 'release'>,
): Promise<LocalCloudSession> {
  const { url, dataDirectory } = address;
  return { stack: await openLocalStack(address), url, dataDirectory, ...rest };
}

function runsAlready(dataDirectory: string): UsageError {
  return new UsageError(
    'local-cloud-runs',
    `A local cloud already runs on ${dataDirectory} with its own settings: stop it, or use --config with another --data directory.`,
  );
}

function notAnswering(dataDirectory: string): FyrestreamError {
  return new FyrestreamError({
    code: 'local-cloud-gone',
    message: `The local cloud on ${dataDirectory} was started but does not answer.`,
    retryable: true,
  });
}
