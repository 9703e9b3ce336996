import type { Clock, EventPublisher, Ledger, Logger, ObjectStore } from '@fyrestream/cloud';
import type { JobRecord, LadderPreset } from '@fyrestream/events';
import type { Scratch } from './create-scratch.ts';
import type { Ffmpeg } from './run-ffmpeg.ts';
import type { SourceFile } from './source-file.ts';
import type { MediaStages } from './stages/media-stages.ts';
import type { Timers } from './timers.ts';

/** What a worker is given. */
export interface WorkerDependencies {
  readonly ledger: Ledger;
  readonly store: ObjectStore;
  readonly events: EventPublisher;
  readonly ffmpeg: Ffmpeg;
  /** What touches media; the order of the work, its claims and its publication do not. */
  readonly stages: MediaStages;
  readonly openScratch: (parentDirectory: string) => Promise<Scratch>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  /** Unlike that of any other process: two that were started by the same request must not share a claim. */
  readonly instanceId: string;
  readonly settings: WorkerSettings;
}

export interface WorkerSettings {
  readonly outputBucket: string;
  readonly ladder: LadderPreset;
  readonly scratchDirectory: string;
  /** What one attempt may take at most. */
  readonly attemptHours: number;
}

/** What every stage of one job works with. */
export interface WorkOnJob extends WorkerDependencies {
  readonly job: JobRecord;
  readonly scratch: Scratch;
  readonly source: SourceFile;
}
