// `node run-bench-cloud.ts DATA_DIRECTORY SETTINGS`: the local cloud in a process of its own. SETTINGS are `BenchCloudSettings` as
// JSON. Sends its connection to the parent process when it accepts work, and how often each action was called for each message of
// the parent; ends on SIGTERM or when the parent is gone.
// As the command `fyrestream local` does.
import '@fyrestream/cloud/tune-garbage-collection';
import { localTopology, startLocalCloud } from '@fyrestream/local';
import type { BenchCloudSettings } from './bench-cloud-settings.ts';

const [dataDirectory = '', settings = '{}'] = process.argv.slice(2);
const { workerBundle, topology }: BenchCloudSettings = JSON.parse(settings);
const { taskDefinition } = localTopology;
/** By principal and action. */
const calls: Record<string, number> = {};
const cloud = await startLocalCloud({
  dataDirectory,
  topology: {
    ...localTopology,
    ...topology,
    taskDefinition: { ...taskDefinition, ...(workerBundle !== undefined && { bundlePath: workerBundle }) },
  },
  onCall: ({ principal, action }) => {
    const name = `${principal} ${action}`;
    calls[name] = (calls[name] ?? 0) + 1;
  },
});
process.send?.(cloud.connection);
process.on('message', () => process.send?.(calls));
// Ctrl-C reaches every process of the terminal; the parent decides when this one ends.
process.on('SIGINT', () => {});
process.once('SIGTERM', () => process.disconnect());
process.once('disconnect', async () => {
  await cloud.stop();
  process.exit(0);
});
