/** Name, account and region of a stack. */
export interface StackLocation {
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
}
