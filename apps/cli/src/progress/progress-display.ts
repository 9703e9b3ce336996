import type { Progress } from './job-progress.ts';

/** Shows how far several files are. */
export interface ProgressDisplay {
  /** A place for one more file; answers what tells how far it is. */
  readonly add: (name: string) => (progress: Progress) => void;
  /** Leaves the terminal as it should be for what is printed next. */
  readonly stop: () => void;
}
