// `node run-cloud.ts DATA_DIRECTORY [PORT] [BUNDLES] [SETTINGS]`: the local cloud in a process of its own, with other values
// of its topology as JSON. Sends its connection to the parent process when it accepts work; ends on SIGTERM or when the
// parent is gone.
import { join } from 'node:path';
import { localTopology, startLocalCloud } from '@fyrestream/local';

const [dataDirectory = '', port = '0', bundles, settings = '{}'] = process.argv.slice(2);
const { functions, taskDefinition } = localTopology;
const { keepWarmSeconds = functions.invoker.keepWarmSeconds, ...changes } = JSON.parse(settings);
const bundle = (app: string) => (bundles === undefined ? {} : { bundlePath: join(bundles, app, 'main.mjs') });
const cloud = await startLocalCloud({
  dataDirectory,
  port: Number(port),
  topology: {
    ...localTopology,
    ...changes,
    functions: {
      poller: { ...functions.poller, ...bundle('poller'), keepWarmSeconds },
      invoker: { ...functions.invoker, ...bundle('invoker'), keepWarmSeconds },
    },
    taskDefinition: { ...taskDefinition, ...bundle('worker') },
  },
});
process.send?.(cloud.connection);
// Ctrl-C reaches every process of the terminal; the parent decides when this one ends.
process.on('SIGINT', () => {});
process.once('SIGTERM', () => process.disconnect());
process.once('disconnect', async () => {
  await cloud.stop();
  process.exit(0);
});
