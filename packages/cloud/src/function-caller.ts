import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { FyrestreamError, type InvokerMessage } from '@fyrestream/events';
import { type Connection, clientConfiguration } from './connection.ts';

export type FunctionCaller = ReturnType<typeof createFunctionCaller>;

/** Calls the invoker synchronously: its failure is thrown here, so that the message returns to its queue. */
export function createFunctionCaller(connection: Connection, functionName: string) {
  // A retry of the SDK would run concurrently with the first call; the queue retries instead.
  const client = new LambdaClient({ ...clientConfiguration(connection, 'lambda'), maxAttempts: 1 });
  return {
    /** @throws FyrestreamError `invoker-failed` with the answer of the function */
    async call(message: InvokerMessage): Promise<void> {
      const result = await client.send(
        new InvokeCommand({
          FunctionName: functionName,
          InvocationType: 'RequestResponse',
          Payload: JSON.stringify(message),
        }),
      );
      if (result.FunctionError === undefined) return;
      throw new FyrestreamError({
        code: 'invoker-failed',
        message: `${functionName} failed (${result.FunctionError}): ${Buffer.from(result.Payload ?? []).toString()}`,
        retryable: true,
      });
    },
  };
}
