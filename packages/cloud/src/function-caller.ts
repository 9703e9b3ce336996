import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { FyrestreamError, type InvokerMessage } from '@fyrestream/events';
import { type Connection, clientConfiguration } from './connection.ts';
import { isSignatureRefused } from './service-fault.ts';

export type FunctionCaller = ReturnType<typeof createFunctionCaller>;

/** Calls the invoker synchronously: its failure is thrown here, so that the message returns to its queue. */
export function createFunctionCaller(connection: Connection, functionName: string) {
  // A retry of the SDK would run concurrently with the first call; the queue retries instead.
  const client = new LambdaClient({ ...clientConfiguration(connection, 'lambda'), maxAttempts: 1 });
  return {
    /** @throws FyrestreamError `invoker-failed` with the answer of the function */
    async call(message: InvokerMessage): Promise<void> {
      const invoke = () =>
        client.send(
          new InvokeCommand({
            FunctionName: functionName,
            InvocationType: 'RequestResponse',
            Payload: JSON.stringify(message),
          }),
        );
      const result = await invoke().catch((error: unknown) => {
        // The function did not run, and the client has corrected its clock by the response.
        if (isSignatureRefused(error)) return invoke();
        throw error;
      });
      if (result.FunctionError === undefined) return;
      throw new FyrestreamError({
        code: 'invoker-failed',
        message: `${functionName} failed (${result.FunctionError}): ${Buffer.from(result.Payload ?? []).toString()}`,
        retryable: true,
      });
    },
  };
}
