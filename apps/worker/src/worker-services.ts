import type { Clock, EventPublisher, Ledger, Logger, MessageSender, ObjectStore } from '@fyrestream/cloud';
import type { StackProfiles } from '@fyrestream/events';
import type { FargatePrices, WorkerLimits } from '@fyrestream/media';
import type { Ffmpeg } from './run-ffmpeg.ts';
import type { Timers } from './timers.ts';

/** What a worker uses for every job. */
export interface WorkerServices {
  readonly ledger: Ledger;
  readonly store: ObjectStore;
  readonly events: EventPublisher;
  readonly sender: MessageSender;
  readonly ffmpeg: Ffmpeg;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  readonly settings: WorkerSettings;
}

export interface WorkerSettings extends WorkerLimits {
  readonly outputBucket: string;
  /** How uploads may be made. */
  readonly profiles: StackProfiles['profiles'];
  readonly scratchDirectory: string;
  /** A job with a higher cost is held. */
  readonly costLimitUsd: number;
  /** Of the region and the CPUs on which it runs. */
  readonly prices: FargatePrices;
  /** The time limit of one attempt. */
  readonly attemptHours: number;
  /** The wanted length of a unit of video. */
  readonly unitSeconds: number;
}
