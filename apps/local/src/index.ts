export { configureTopology } from './configure-topology.ts';
export { type MeasureFreeSpace, measureFreeSpace } from './free-space.ts';
export type { LocalConnection } from './local-connection.ts';
export { LocalError } from './local-error.ts';
export type { LocalLog } from './local-log.ts';
export { type LocalCloud, type LocalCloudOptions, startLocalCloud } from './start-local-cloud.ts';
export { localTopology } from './topology.ts';
