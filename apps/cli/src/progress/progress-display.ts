import type { Progress } from '@fyrestream/operations';

/** Shows the progress of several files. */
export interface ProgressDisplay {
  /**
   * Adds a file. Returns the function that reports its progress.
   * @param options uploadShare: the share of the upload in the bar, 0 to 1; 1 where nothing follows the upload.
   * startedAt: where that was before the first report; milliseconds since 1970
   */
  readonly add: (
    name: string,
    options?: { readonly uploadShare?: number; readonly startedAt?: number },
  ) => (progress: Progress) => void;
  /** Removes what was drawn, so that the command can print its results. */
  readonly stop: () => void;
}
