export type ProcessResult<Value> =
  | { kind: 'returned'; value: Value }
  | { kind: 'threw'; error: unknown }
  | { kind: 'killed' };

/**
 * A process that runs real code. Everything outside of it is reached by `call`; only there can the process be delayed,
 * paused or killed, and the call be refused.
 */
export interface SimulatedProcess {
  readonly name: string;
  isAlive(): boolean;
  /** Alive, but it will never continue. */
  isHung(): boolean;
  /** Whether it may have recorded a failure: a call or a stage of it failed, or it is paused, perhaps after such a record. */
  mayHaveFailed(): boolean;
  /** A stage of it fails. */
  noteFailure(): void;
  /** The clock of the process, which may be wrong. ISO 8601. */
  clock(): string;
  /** @param once whether the SDK of the caller never repeats the request by itself */
  call<Value>(label: string, perform: () => Value, once?: 'once'): Promise<Value>;
  /** Waits until `subscribe` calls back with the result of another process. */
  waitFor<Value>(subscribe: (settle: (result: ProcessResult<Value>) => void) => void): Promise<Value>;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Calls `tick` at an interval. @returns a function that ends this */
  every(milliseconds: number, tick: () => void): () => void;
  kill(): void;
}
