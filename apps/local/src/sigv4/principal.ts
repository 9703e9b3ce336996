/** Who a request acts as, whatever access key it was signed with. */
export interface Principal {
  /** For example `arn:aws:sts::000000000000:assumed-role/fyrestream-worker/task-1`. */
  readonly arn: string;
  /** What AWS prints as `principalId`, for example `AROAEXAMPLE:task-1`. */
  readonly principalId: string;
}

/** What the holder of an access key proves knowledge of. */
export interface Secret {
  readonly secretAccessKey: string;
  /** Set for temporary credentials: the request must then carry exactly this token. */
  readonly sessionToken?: string;
  readonly principal: Principal;
}

/** Answers undefined for access keys nobody was given (or that were taken back). */
export type LookupSecret = (accessKeyId: string) => Secret | undefined | Promise<Secret | undefined>;
