/** What came of running a function once. Payloads are JSON text. */
export type InvocationOutcome =
  | { readonly outcome: 'returned'; readonly payload: string }
  | { readonly outcome: 'failed'; readonly error: FunctionError };

/** As Lambda puts it into the payload of an answer with `X-Amz-Function-Error`. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What the parent sends to a process that runs a function. */
export interface InvocationRequest {
  readonly requestId: string;
  readonly payload: string;
  readonly deadlineMilliseconds: number;
}

/** What such a process answers: first that it is ready (or why not), then once per request. */
export type RuntimeMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-started'; readonly error: FunctionError }
  | { readonly kind: 'done'; readonly requestId: string; readonly result: InvocationOutcome };
