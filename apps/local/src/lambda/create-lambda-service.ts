import { arn } from '../arn.ts';
import { AwsError } from '../control-plane/aws-error.ts';
import type {
  AwsCall,
  AwsOperation,
  AwsResponse,
  AwsService,
  ServiceRequest,
} from '../control-plane/aws-service.ts';
import type { AsyncInvocations } from './create-async-invocations.ts';
import type { FunctionPool } from './create-function-pool.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxPayloadBytes = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const;

/** The Lambda API: Invoke only. */
export function createLambdaService(
  functions: ReadonlyMap<string, FunctionPool>,
  asyncInvocations: AsyncInvocations,
): AwsService {
  const invoke: AwsOperation = {
    permissions: ({ request }) => [
      { action: 'lambda:InvokeFunction', resource: arn.function(functionNameOf(request) ?? '*') },
    ],
    run: (call) => runInvoke(functions, asyncInvocations, call),
  };
  return {
    name: 'lambda',
    operationOf: (request) => {
      if (!request.path.startsWith('/2015-03-31/')) return null;
      return request.method === 'POST' && functionNameOf(request) !== null ? 'Invoke' : 'unknown';
    },
    operations: new Map([['Invoke', invoke]]),
    errorCodeIn: 'header',
    accessDenied: { code: 'AccessDeniedException', status: 403 },
  };
}

async function runInvoke(
  functions: ReadonlyMap<string, FunctionPool>,
  asyncInvocations: AsyncInvocations,
  { request, requestId }: AwsCall,
): Promise<AwsResponse> {
  const name = functionNameOf(request) ?? '';
  const pool = functions.get(name);
  if (pool === undefined) {
    throw new AwsError('ResourceNotFoundException', `Function not found: ${arn.function(name)}`, 404);
  }
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type !== 'RequestResponse' && type !== 'Event') {
    throw new AwsError(
      'InvalidParameterValueException',
      `The local cloud does not support the invocation type ${type}.`,
    );
  }
  const payload = readPayload(request, maxPayloadBytes[type]);
  const executed = { 'x-amz-executed-version': '$LATEST' };
  if (type === 'Event') {
    asyncInvocations.accept(name, payload);
    return { status: 202, body: '' };
  }
  const result = await pool.invoke(payload, requestId);
  return result.outcome === 'returned'
    ? { headers: executed, body: result.payload }
    : { headers: { ...executed, 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify(result.error) };
}

function readPayload({ body }: ServiceRequest, maxBytes: number): string {
  if (body.length > maxBytes) {
    throw new AwsError('RequestTooLargeException', `Request must be smaller than ${maxBytes} bytes.`, 413);
  }
  const text = body.length === 0 ? '{}' : body.toString('utf8');
  try {
    JSON.parse(text);
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
  return text;
}

/** The path contains a function name, or an ARN that ends with it. */
function functionNameOf({ path }: ServiceRequest): string | null {
  const match = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path);
  return match?.[1] ? (decodeURIComponent(match[1]).split(':function:').at(-1) ?? null) : null;
}
