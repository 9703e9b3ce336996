import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../json-value.ts';

/** One AWS API behind the control plane. */
export interface AwsService {
  /** Its name in the scope of a signature: `ecs`, `sqs`, … */
  readonly name: string;
  /** The operation that a request asks for, null where the request is meant for another service. */
  readonly operationOf: (request: ServiceRequest) => string | null;
  /** By name; what is missing here is answered as an unknown operation. */
  readonly operations: ReadonlyMap<string, AwsOperation>;
  /** Where errors carry their code: `body` in `__type` (JSON protocols), `header` in `x-amzn-errortype` (REST). */
  readonly errorCodeIn: 'body' | 'header';
  readonly accessDenied: { readonly code: string; readonly status: number };
}

export interface ServiceRequest {
  readonly method: string;
  /** Path and query, undecoded. */
  readonly target: string;
  /** Undecoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Whether the caller hung up and will not read the answer. */
  readonly isAbandoned: () => boolean;
}

export interface AwsOperation {
  /** What the caller must be allowed to do, all of it. */
  readonly permissions: (call: AwsCall) => readonly Permission[];
  /** @throws AwsError where the service would answer with an error */
  readonly run: (call: AwsCall) => Promise<AwsAnswer>;
}

export interface Permission {
  /** As IAM spells it: `ecs:RunTask`. */
  readonly action: string;
  readonly resource: string;
}

export interface AwsCall {
  readonly request: ServiceRequest;
  /** The parsed body; empty where the protocol has no JSON object in it. */
  readonly input: JsonObject;
  readonly requestId: string;
}

export interface AwsAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}
