import type { CDPSession, Page } from 'playwright-core';

export interface SlowNetwork {
  readonly setOffline: (offline: boolean) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Limits how fast a page sends, so that an upload takes long enough to be interrupted. */
export async function slowNetwork(page: Page, uploadBytesPerSecond: number): Promise<SlowNetwork> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const emulate = async (offline: boolean, uploadThroughput: number) => {
    await session.send('Network.emulateNetworkConditions', {
      ...{ offline, latency: 0, downloadThroughput: -1, uploadThroughput },
    });
  };
  await emulate(false, uploadBytesPerSecond);
  return {
    setOffline: (offline) => emulate(offline, uploadBytesPerSecond),
    end: () => emulate(false, -1),
  };
}
