import type { CloudClients } from '../connect-to-cloud.ts';
import type { RestartableCloud } from '../start-restartable-cloud.ts';
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
export interface ChaosRun {
  /** The versions that S3 acknowledged to the uploader. */
  readonly acknowledged: readonly { readonly key: string; readonly versionId: string }[];
  /** How often a worker of each job was killed, alone or with the cloud. */
  readonly killsByJobId: ReadonlyMap<string, number>;
  /** How many processes of each kind were killed. */
  readonly killsByTarget: ReadonlyMap<KillTarget, number>;
}
