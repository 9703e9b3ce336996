/** Where a stack stands. */
export interface StackPlace {
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
}
