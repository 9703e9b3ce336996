import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '../../src/start-local-cloud.ts';
import type { Topology } from '../../src/topology.ts';
import { createTestDirectory, removeTestDirectory } from '../test-service-gateway.ts';
import { testTopology } from '../test-topology.ts';
import { openPipelineClient, type PipelineClient } from './pipeline-client.ts';

/** A local cloud in a directory of its own, and a client of it. @param changes of the topology */
export interface TestCloud {
  readonly cloud: LocalCloud;
  readonly pipeline: PipelineClient;
  close(): Promise<void>;
}

export async function openTestCloud(changes: Partial<Topology> = {}): Promise<TestCloud> {
  const directory = createTestDirectory();
  const topology = { ...testTopology(), ...changes };
  const cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology });
  const pipeline = openPipelineClient(cloud.connection);
  return {
    cloud,
    pipeline,
    async close() {
      pipeline.close();
      await cloud.stop();
      removeTestDirectory(directory);
    },
  };
}
