import type {
  Clock,
  EventPublisher,
  Ledger,
  Logger,
  MessageSender,
  ObjectStore,
  TaskLauncher,
} from '@fyrestream/cloud';
import type { LaunchTarget } from '@fyrestream/events';
import type { SourceInspector } from './inspect-source.ts';

export interface InvokerDependencies {
  readonly ledger: Ledger;
  readonly store: ObjectStore;
  readonly launcher: TaskLauncher;
  readonly sender: MessageSender;
  readonly events: EventPublisher;
  readonly inspect: SourceInspector;
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
  /** How long the files of a version stay that was replaced. */
  readonly oldVersionRetentionDays: number;
  /** Launches of all jobs together that may be under way. */
  readonly maxConcurrentTasks: number;
  readonly costLimitUsd: number;
}
