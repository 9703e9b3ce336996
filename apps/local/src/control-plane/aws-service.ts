import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../json-value.ts';

/** One AWS API behind the control plane. */
export interface AwsService {
  /** The service name in the scope of a signature: `ecs`, `sqs`, … */
  readonly name: string;
  /** The operation of a request; null where the request is for another service. */
  readonly operationOf: (request: ServiceRequest) => string | null;
  /** By name; any other operation gets an UnknownOperationException. */
  readonly operations: ReadonlyMap<string, AwsOperation>;
  /** Where error responses contain their code: in `__type` of the `body` (JSON protocols), or in the `header` `x-amzn-errortype` (REST). */
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
  /** Whether the caller has closed the connection and will not read the response. */
  readonly isAbandoned: () => boolean;
}

export interface AwsOperation {
  /** The permissions that the caller needs, all of them. */
  readonly permissions: (call: AwsCall) => readonly Permission[];
  /** @throws AwsError where the service responds with an error */
  readonly run: (call: AwsCall) => Promise<AwsResponse>;
}

export interface Permission {
  /** In the format of IAM: `ecs:RunTask`. */
  readonly action: string;
  readonly resource: string;
}

export interface AwsCall {
  readonly request: ServiceRequest;
  /** The parsed body; empty where it is not a JSON object. */
  readonly input: JsonObject;
  readonly requestId: string;
}

export interface AwsResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}
