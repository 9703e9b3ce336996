import type { Progress } from './job-progress.ts';

/** Shows the progress of several files. */
export interface ProgressDisplay {
  /** Adds a file. Returns the function that reports its progress. */
  readonly add: (name: string) => (progress: Progress) => void;
  /** Stops drawing, so that the command can print its results. */
  readonly stop: () => void;
}
