import { FyrestreamError } from '@fyrestream/events';
import { defaultDataDirectory } from '../repository-folders.ts';
import { type CloudAddress, readCloudAddress } from './cloud-address.ts';
import { hostLocalCloud } from './host-local-cloud.ts';
import { findLocalCloud, openLocalStack } from './open-stack.ts';
import type { Stack } from './stack.ts';

export interface LocalCloudSession {
  readonly stack: Stack;
  readonly url: string;
  /** Whether it runs in this process. */
  readonly isOurs: boolean;
  /** Stops what was started here, and leaves alone what ran before. */
  readonly release: () => Promise<void>;
}

/** The local cloud that is running, or one of our own for as long as it is needed. */
export async function useLocalCloud(data: string | undefined): Promise<LocalCloudSession> {
  const dataDirectory = data ?? defaultDataDirectory;
  const running =
    (await findLocalCloud({ ...(data !== undefined && { data }) })) ??
    (await readCloudAddress(dataDirectory));
  if (running !== null) return used(running, { isOurs: false, release: async () => {} });
  const cloud = await hostLocalCloud({ dataDirectory });
  try {
    const address = await readCloudAddress(cloud.dataDirectory);
    if (address === null) throw notFound(cloud.dataDirectory);
    return await used(address, { isOurs: true, release: cloud.stop });
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

async function used(
  address: CloudAddress,
  rest: Pick<LocalCloudSession, 'isOurs' | 'release'>,
): Promise<LocalCloudSession> {
  return { stack: await openLocalStack(address), url: address.url, ...rest };
}

function notFound(dataDirectory: string): FyrestreamError {
  return new FyrestreamError({
    code: 'local-cloud-gone',
    message: `The local cloud on ${dataDirectory} was started and does not answer.`,
    retryable: true,
  });
}
