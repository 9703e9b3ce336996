/** One resource as the program registered it. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; null for the stack itself. */
  readonly parent: string | null;
  /** Managed by a provider; a component otherwise. */
  readonly custom: boolean;
  /** A component that a provider builds, awsx among them: its children are that provider's. */
  readonly remote: boolean;
  /** Inputs with secrets revealed; in a preview `unknown` stands where a value is not known yet. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Names of inputs that were sent as secrets. */
  readonly secretInputs: readonly string[];
  /** URNs that must stand before this one. */
  readonly dependencies: readonly string[];
  /** URNs that each input was computed from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `<urn>::<id>` of its own provider, empty for the default one. */
  readonly provider: string;
  /** Providers that a remote component hands to its children, by package. */
  readonly providers: Readonly<Record<string, string>>;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
}

/** One run of the program. */
export interface Recording {
  readonly exitCode: number | null;
  readonly resources: readonly RecordedResource[];
  /** Functions of providers that it called. */
  readonly invokes: readonly { readonly token: string; readonly args: Readonly<Record<string, unknown>> }[];
  /** Outputs of the stack. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What it said to the engine at the level of errors. */
  readonly errors: readonly string[];
  readonly standardError: string;
}
