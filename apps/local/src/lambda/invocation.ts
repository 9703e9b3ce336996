/** The result of one run of a function. Payloads are JSON text. */
export type InvocationOutcome =
  | { readonly outcome: 'returned'; readonly payload: string }
  | { readonly outcome: 'failed'; readonly error: FunctionError };

/** The payload of a response with `X-Amz-Function-Error`. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** The message to a process that runs a function. */
export interface InvocationRequest {
  readonly requestId: string;
  readonly payload: string;
  readonly deadlineMilliseconds: number;
}

/** The messages from that process: first `ready` or `not-started`, then `done` once per request. */
export type RuntimeMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-started'; readonly error: FunctionError }
  | { readonly kind: 'done'; readonly requestId: string; readonly result: InvocationOutcome };
