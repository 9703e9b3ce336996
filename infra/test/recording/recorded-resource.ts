/** A resource as the program registered it. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; null for the stack itself. */
  readonly parent: string | null;
  /** True if managed by a provider; false for components. */
  readonly custom: boolean;
  /** A component that a provider builds (awsx), with its children. */
  readonly remote: boolean;
  /** Inputs with secrets in plain text. In a preview, values that are not known yet are `unknown`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Names of inputs that were sent as secrets. */
  readonly secretInputs: readonly string[];
  /** URNs of the resources that must exist before this one. */
  readonly dependencies: readonly string[];
  /** URNs of the resources that each input was computed from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `<urn>::<id>` of an explicit provider; empty for the default provider. */
  readonly provider: string;
  /** Providers that a remote component passes to its children, by package. */
  readonly providers: Readonly<Record<string, string>>;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  /** Names of the hooks that run when it cannot be created or changed. */
  readonly errorHooks: readonly string[];
}

/** One run of the program. */
export interface Recording {
  readonly exitCode: number | null;
  readonly resources: readonly RecordedResource[];
  /** Calls of provider functions. */
  readonly invokes: readonly { readonly token: string; readonly args: Readonly<Record<string, unknown>> }[];
  /** Outputs of the stack. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Error messages that it logged to the engine. */
  readonly errors: readonly string[];
  readonly standardError: string;
}
