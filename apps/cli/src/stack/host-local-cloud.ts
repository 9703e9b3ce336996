import type { StackConfig } from '../config/read-config.ts';
import { runningCloudsFolder } from '../repository-paths.ts';
import { registerCloud } from './running-clouds.ts';

export interface HostedCloud {
  readonly url: string;
  readonly s3Url: string;
  /** The API and the console. */
  readonly api: { readonly url: string; readonly token: string };
  readonly dataDirectory: string;
  /** The names of the settings that have no effect on a local cloud. */
  readonly unusedSettings: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Runs the local cloud in this process and registers it, so that other commands find it. Resolves when it accepts work. */
export async function hostLocalCloud(options: {
  dataDirectory: string;
  port?: number | undefined;
  config?: StackConfig | undefined;
}): Promise<HostedCloud> {
  const { configureTopology, startLocalCloud } = await import('@fyrestream/local');
  const { dataDirectory, port, config = { settings: {}, region: undefined } } = options;
  const { topology, unusedSettings } = configureTopology(config.settings, config.region);
  const cloud = await startLocalCloud({ dataDirectory, topology, ...(port !== undefined && { port }) });
  const unregister = await registerCloud(runningCloudsFolder, dataDirectory);
  return {
    unusedSettings,
    url: cloud.url,
    s3Url: cloud.connection.s3Url,
    api: cloud.api,
    dataDirectory: cloud.connection.dataDirectory,
    stop: async () => {
      await unregister();
      await cloud.stop();
    },
  };
}
