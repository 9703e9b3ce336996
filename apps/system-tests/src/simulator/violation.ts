/** The ways in which the guarantee can be broken. */
export const violationKinds = ['lost', 'doubled', 'stuck', 'mixed', 'untold', 'wrong'] as const;
export type ViolationKind = (typeof violationKinds)[number];

export interface Violation {
  readonly kind: ViolationKind;
  readonly what: string;
}

/** Notes a violation where something does not hold. */
export type CheckInvariant = (holds: boolean, kind: ViolationKind, otherwise: () => string) => void;
