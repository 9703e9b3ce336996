// `node run-cloud.ts DATA_DIRECTORY [PORT BUNDLES SETTINGS FAULTS EFFECTS]`: the local cloud in a process of its own. Sends its
// connection to the parent process when it accepts work; ends on SIGTERM or when the parent is gone. BUNDLES are those of
// `copy-bundles.ts`, SETTINGS other values of its topology as JSON, FAULTS and EFFECTS the files of `faults/fault-state.ts`.
import { join } from 'node:path';
import { localTopology, type MeasureFreeSpace, measureFreeSpace, startLocalCloud } from '@fyrestream/local';
import { readFaultState, recordFaultEffect } from './faults/fault-state.ts';

const [dataDirectory = '', port = '0', bundles, settings = '{}', faultsFile, effectsFile] =
  process.argv.slice(2);
const { functions, taskDefinition } = localTopology;
const { keepWarmSeconds = functions.invoker.keepWarmSeconds, ...changes } = JSON.parse(settings);
const bundle = (app: string) =>
  bundles === undefined ? {} : { bundlePath: join(bundles, app, 'start.mjs') };
const cloud = await startLocalCloud({
  dataDirectory,
  port: Number(port),
  ...(faultsFile && effectsFile && { freeSpace: freeSpaceOf(faultsFile, effectsFile) }),
  topology: {
    ...localTopology,
    ...changes,
    functions: {
      poller: { ...functions.poller, ...bundle('poller'), keepWarmSeconds },
      invoker: { ...functions.invoker, ...bundle('invoker'), keepWarmSeconds },
      notifier: { ...functions.notifier, ...bundle('notifier'), keepWarmSeconds },
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

/** None while the fault state says that the disk is full. */
function freeSpaceOf(faults: string, effects: string): MeasureFreeSpace {
  return async (directory) => {
    if (!readFaultState(faults).diskIsFull) return await measureFreeSpace(directory);
    recordFaultEffect(effects, 'disk-full');
    return 0;
  };
}
