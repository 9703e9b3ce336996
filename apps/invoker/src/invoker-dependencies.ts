import type {
  Clock,
  EventPublisher,
  Ledger,
  Logger,
  MessageSender,
  ObjectStore,
  TaskLauncher,
} from '@fyrestream/cloud';
import type { LaunchTarget, PriorityPrefixes, Shares } from '@fyrestream/events';
import type { FargatePrices } from '@fyrestream/media';
import type { JobEstimator } from './admission/create-job-estimator.ts';
import type { UploadChooser } from './admission/create-upload-chooser.ts';
import type { SourceInspector } from './admission/inspect-source.ts';

export interface InvokerDependencies {
  readonly ledger: Ledger;
  readonly store: ObjectStore;
  readonly launcher: TaskLauncher;
  readonly sender: MessageSender;
  readonly events: EventPublisher;
  readonly choose: UploadChooser;
  readonly inspect: SourceInspector;
  readonly estimateJob: JobEstimator;
  readonly prices: FargatePrices;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: InvokerSettings;
}

export interface InvokerSettings {
  readonly launchTarget: LaunchTarget;
  /** Whether the first launch of a job runs on Spot. */
  readonly spotFirst: boolean;
  readonly sourceBucket: string;
  readonly outputBucket: string;
  /** How long to keep the files of a replaced version. */
  readonly oldVersionRetentionDays: number;
  /** Days from the deletion of an upload to that of what was published from it; null: it stays. */
  readonly deleteAfterSourceDays: number | null;
  /** The limit of concurrent tasks of all jobs. */
  readonly maxConcurrentTasks: number;
  readonly costLimitUsd: number;
  /** Priorities of uploads by prefix of their path. */
  readonly priorities: PriorityPrefixes;
  /** Weights of tenants in the order of launches; 1 where none is set. */
  readonly shares: Shares;
}
