import type { ControlPlane } from './control-plane/create-control-plane.ts';
import type { DataLayout } from './data-directory/data-layout.ts';
import type { LocalLog } from './local-log.ts';
import type { AccessControl } from './principals/access-control.ts';
import type { AccessKeys } from './principals/access-keys.ts';
import type { Shutdown } from './shutdown.ts';
import type { Topology } from './topology.ts';

/** What every part of one local cloud shares. */
export interface LocalContext {
  readonly topology: Topology;
  readonly layout: DataLayout;
  readonly keys: AccessKeys;
  readonly accessControl: AccessControl;
  readonly controlPlane: ControlPlane;
  readonly controlPlaneUrl: string;
  readonly nowMilliseconds: () => number;
  readonly log: LocalLog;
  /** For parts that have nothing to say but that something did not go well. */
  readonly warn: (line: string) => void;
  readonly shutdown: Shutdown;
}
