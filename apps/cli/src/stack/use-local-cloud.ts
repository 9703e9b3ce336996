import { FyrestreamError } from '@fyrestream/events';
import { defaultDataDirectory } from '../repository-paths.ts';
import { type CloudConnection, readCloudConnection } from './cloud-connection.ts';
import { hostLocalCloud } from './host-local-cloud.ts';
import { findLocalCloud, openLocalStack } from './open-stack.ts';
import type { Stack } from './stack.ts';

export interface LocalCloudSession {
  readonly stack: Stack;
  readonly url: string;
  /** Whether it was started in this process. */
  readonly isStartedHere: boolean;
  /** Stops the cloud if it was started here. */
  readonly release: () => Promise<void>;
}

/** Uses the running local cloud, or starts one that runs until `release`. */
export async function useLocalCloud(data: string | undefined): Promise<LocalCloudSession> {
  const dataDirectory = data ?? defaultDataDirectory;
  const running =
    (await findLocalCloud({ ...(data !== undefined && { data }) })) ??
    (await readCloudConnection(dataDirectory));
  if (running !== null) return openSession(running, { isStartedHere: false, release: async () => {} });
  const cloud = await hostLocalCloud({ dataDirectory });
  try {
    const address = await readCloudConnection(cloud.dataDirectory);
    if (address === null) throw notAnswering(cloud.dataDirectory);
    return await openSession(address, { isStartedHere: true, release: cloud.stop });
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

async function openSession(
  address: CloudConnection,
  rest: Pick<LocalCloudSession, 'isStartedHere' | 'release'>,
): Promise<LocalCloudSession> {
  return { stack: await openLocalStack(address), url: address.url, ...rest };
}

function notAnswering(dataDirectory: string): FyrestreamError {
  return new FyrestreamError({
    code: 'local-cloud-gone',
    message: `The local cloud on ${dataDirectory} was started but does not answer.`,
    retryable: true,
  });
}
