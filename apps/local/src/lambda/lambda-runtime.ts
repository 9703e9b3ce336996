// Runs one Lambda function: `node lambda-runtime.ts BUNDLE`. The parent process sends its requests over the IPC channel.
import { flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FunctionError, InvocationOutcome, InvocationRequest, RuntimeMessage } from './invocation.ts';

type Handler = (event: unknown, context: object) => unknown;

const bundlePath = process.argv[2] ?? '';

// The terminal sends Ctrl-C to all processes; the parent ends its functions after they have responded.
process.on('SIGINT', () => {});
// Ends the function when the parent was killed.
process.on('disconnect', () => process.exit(0));

try {
  const { handler } = (await import(pathToFileURL(bundlePath).href)) as { handler?: Handler };
  if (typeof handler !== 'function') {
    const errorMessage = `main.handler is undefined or not exported by ${bundlePath}`;
    send({ kind: 'not-started', error: { errorType: 'Runtime.HandlerNotFound', errorMessage, trace: [] } });
  } else {
    let isCompiledCodeStored = false;
    process.on('message', async (request: InvocationRequest) => {
      send({ kind: 'done', requestId: request.requestId, result: await run(handler, request) });
      if (isCompiledCodeStored) return;
      isCompiledCodeStored = true;
      // Node stores compiled code when a process exits, but the parent kills its functions.
      flushCompileCache();
    });
    send({ kind: 'ready' });
  }
} catch (error) {
  send({ kind: 'not-started', error: toFunctionError(error) });
}

async function run(handler: Handler, request: InvocationRequest): Promise<InvocationOutcome> {
  try {
    const value = await handler(JSON.parse(request.payload), createContext(request));
    return { outcome: 'returned', payload: JSON.stringify(value ?? null) };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return { outcome: 'failed', error: toFunctionError(error) };
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function createContext({ requestId, deadlineMilliseconds }: InvocationRequest): object {
  const [functionArn = '', name = '', memoryMiB = '', logGroup = ''] = process.argv.slice(3);
  return {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: memoryMiB,
    awsRequestId: requestId,
    logGroupName: logGroup,
    logStreamName: String(process.pid),
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMilliseconds - Date.now()),
  };
}

function toFunctionError(error: unknown): FunctionError {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function send(message: RuntimeMessage): void {
  process.send?.(message);
}
