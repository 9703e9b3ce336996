import { runningCloudsFolder } from '../repository-paths.ts';
import { registerCloud } from './running-clouds.ts';

export interface HostedCloud {
  readonly url: string;
  readonly s3Url: string;
  readonly dataDirectory: string;
  readonly stop: () => Promise<void>;
}

/** Runs the local cloud in this process and registers it, so that other commands find it. Resolves when it accepts work. */
export async function hostLocalCloud(options: {
  dataDirectory: string;
  port?: number | undefined;
}): Promise<HostedCloud> {
  const { startLocalCloud } = await import('@fyrestream/local');
  const { dataDirectory, port } = options;
  const cloud = await startLocalCloud({ dataDirectory, ...(port !== undefined && { port }) });
  const unregister = await registerCloud(runningCloudsFolder, dataDirectory);
  return {
    url: cloud.url,
    s3Url: cloud.connection.s3Url,
    dataDirectory: cloud.connection.dataDirectory,
    stop: async () => {
      await unregister();
      await cloud.stop();
    },
  };
}
