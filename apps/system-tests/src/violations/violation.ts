/** The ways in which the pipeline can break its guarantee. */
export const violationKinds = ['lost', 'doubled', 'stuck', 'mixed', 'not-notified', 'wrong'] as const;
export type ViolationKind = (typeof violationKinds)[number];

export interface Violation {
  readonly kind: ViolationKind;
  readonly message: string;
  /** The job that is affected, where it is a single one. */
  readonly jobId?: string;
}
