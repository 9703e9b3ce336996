import type { ServiceGateway } from './control-plane/create-control-plane.ts';
import type { DataLayout } from './data-directory/data-layout.ts';
import type { MeasureFreeSpace } from './free-space.ts';
import type { AccessControl } from './iam/access-control.ts';
import type { AccessKeys } from './iam/access-keys.ts';
import type { LocalLog } from './local-log.ts';
import type { Shutdown } from './shutdown.ts';
import type { Topology } from './topology.ts';

/** The dependencies that all services of one local cloud share. */
export interface LocalContext {
  readonly topology: Topology;
  readonly layout: DataLayout;
  readonly keys: AccessKeys;
  readonly accessControl: AccessControl;
  readonly controlPlane: ServiceGateway;
  readonly controlPlaneUrl: string;
  readonly nowMilliseconds: () => number;
  readonly freeSpace: MeasureFreeSpace;
  readonly log: LocalLog;
  /** Logs a warning without further fields. */
  readonly warn: (line: string) => void;
  readonly shutdown: Shutdown;
}
