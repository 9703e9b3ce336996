import type { JsonObject } from '../json-value.ts';
import type { AwsOperation, AwsResponse, AwsService, Permission } from './aws-service.ts';

/** An operation with a JSON object as input and output. */
export interface JsonOperation {
  readonly permissions: (input: JsonObject) => readonly Permission[];
  readonly run: (input: JsonObject) => Promise<JsonObject> | JsonObject;
}

/**
 * Creates a service of the AWS JSON protocols, in which the header `X-Amz-Target: PREFIX.OPERATION` names the operation.
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function createJsonService(
  name: string,
  targetPrefix: string,
  operations: Readonly<Record<string, JsonOperation>>,
): AwsService {
  return {
    name,
    operationOf: (request) => operationOfTarget(request.headers['x-amz-target'], targetPrefix),
    operations: new Map(
      Object.entries(operations).map(([key, operation]) => [key, toAwsOperation(operation)]),
    ),
    errorCodeIn: 'body',
    accessDenied: { code: 'AccessDeniedException', status: 400 },
  };
}

/** The operation in an X-Amz-Target header; null where the target belongs to another service. */
export function operationOfTarget(
  target: string | string[] | undefined,
  targetPrefix: string,
): string | null {
  return typeof target === 'string' && target.startsWith(`${targetPrefix}.`)
    ? target.slice(targetPrefix.length + 1)
    : null;
}

function toAwsOperation(operation: JsonOperation): AwsOperation {
  return {
    permissions: ({ input }) => operation.permissions(input),
    run: async ({ input }): Promise<AwsResponse> => ({ body: JSON.stringify(await operation.run(input)) }),
  };
}
