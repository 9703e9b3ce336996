/** A line of the timeline of a job. */
export interface TimelineRow {
  readonly name: string;
  /** Seconds since the upload. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** How much of it is done; null of what has no measure. */
  readonly fraction: number | null;
  readonly state: 'waited' | 'done' | 'running';
  /** The units of a row that stands for several. */
  readonly parts?: readonly TimelineRow[];
}
