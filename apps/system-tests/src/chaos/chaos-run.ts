import type { CloudClients } from '../connect-to-cloud.ts';
import type { RestartableCloud } from '../start-restartable-cloud.ts';
import type { AppliedFaults } from './apply-faults.ts';
import type { SourceFiles } from './make-source-files.ts';
import type { KillTarget } from './plan-chaos.ts';

/** What a chaos run works on. */
export interface ChaosEnvironment {
  readonly cloud: RestartableCloud;
  readonly clients: CloudClients;
  readonly files: SourceFiles;
  /** Called with each key that is uploaded. */
  readonly onUpload: (key: string) => void;
}

/** What a chaos run did. */
export interface ChaosRun extends AppliedFaults {
  /** The versions that S3 acknowledged to the uploader. */
  readonly acknowledged: readonly { readonly key: string; readonly versionId: string }[];
  /**
   * How often an attempt of each job may have failed: its worker was killed, alone or with the cloud, or it ran when clocks
   * jumped, so that a sweep took it for silent.
   */
  readonly disturbancesByJobId: ReadonlyMap<string, number>;
  /** How many processes of each kind were killed. */
  readonly killsByTarget: ReadonlyMap<KillTarget, number>;
}
