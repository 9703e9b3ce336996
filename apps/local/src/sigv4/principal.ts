/** The identity of a request, as IAM has it. */
export interface Principal {
  /** For example `arn:aws:sts::000000000000:assumed-role/fyrestream-worker/task-1`. */
  readonly arn: string;
  /** The `principalId` in events of AWS, for example `AROAEXAMPLE:task-1`. */
  readonly principalId: string;
}

/** The secret of an access key, with which its owner signs. */
export interface SigningSecret {
  readonly secretAccessKey: string;
  /** Set for temporary credentials: the request must contain exactly this token. */
  readonly sessionToken?: string;
  readonly principal: Principal;
}

/** Returns undefined for unknown or revoked access keys. */
export type LookupSigningSecret = (
  accessKeyId: string,
) => SigningSecret | undefined | Promise<SigningSecret | undefined>;
