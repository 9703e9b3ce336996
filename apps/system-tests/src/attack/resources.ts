/** What the attempts of a job used. */
export interface Resources {
  /** Of the worker and all its children. */
  readonly cpuSeconds: number;
  /** The peak resident memory of the worker and its children that ran at the same time, added up. */
  readonly memoryMebibytes: number;
  /** The peak size of the folder of the task. */
  readonly scratchMebibytes: number;
  /** The folder of the task. */
  readonly scratch: string;
}
