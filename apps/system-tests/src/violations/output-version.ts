/** A version of the outputs: the job and the fencing token under which it was written. */
export interface OutputVersion {
  readonly jobId: string;
  readonly token: number;
}

/** The version whose path stands in the text of a stable file; null where there is none. */
export function readOutputVersion(text: string): OutputVersion | null {
  const [, jobId, token] = /([a-z2-7]{26})\/(\d+)\//.exec(text) ?? [];
  return jobId === undefined ? null : { jobId, token: Number(token) };
}
