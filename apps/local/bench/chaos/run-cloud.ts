// `node run-cloud.ts DATA_DIRECTORY PORT BUNDLES`: the local cloud as `fyrestream local` runs it, to be killed.
import { join } from 'node:path';
import { startLocalCloud } from '../../src/start-local-cloud.ts';
import { localTopology } from '../../src/topology.ts';

const [dataDirectory = '', port = '0', bundles = ''] = process.argv.slice(2);
const { functions, taskDefinition } = localTopology;
const bundle = (app: string) => ({ bundlePath: join(bundles, app, 'main.mjs') });
const cloud = await startLocalCloud({
  dataDirectory,
  port: Number(port),
  topology: {
    ...localTopology,
    functions: {
      poller: { ...functions.poller, ...bundle('poller') },
      invoker: { ...functions.invoker, ...bundle('invoker') },
    },
    taskDefinition: { ...taskDefinition, ...bundle('worker') },
  },
});
process.send?.(cloud.connection);
// Ctrl-C reaches the whole terminal group; whoever started the chaos ends it.
process.on('SIGINT', () => {});
process.once('SIGTERM', () => process.disconnect());
process.once('disconnect', async () => {
  await cloud.stop();
  process.exit(0);
});
