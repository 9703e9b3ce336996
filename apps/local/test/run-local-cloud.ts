// `node run-local-cloud.ts DATA_DIRECTORY [BUNDLES]`: a local cloud in a process of its own, for tests that kill it.
// Without a folder of other bundles it runs the built ones.
import { join } from 'node:path';
import { startLocalCloud } from '../src/start-local-cloud.ts';
import { testTopology } from './test-topology.ts';

const [dataDirectory = '', bundles] = process.argv.slice(2);
const cloud = await startLocalCloud({
  dataDirectory,
  topology: testTopology(bundles === undefined ? undefined : (name) => join(bundles, `${name}.mjs`)),
});
process.send?.(cloud.connection);
process.on('SIGTERM', async () => {
  await cloud.stop();
  process.disconnect();
});
