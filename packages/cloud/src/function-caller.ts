import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { FyrestreamError, type InvokerMessage } from '@fyrestream/events';
import { type Connection, clientConfiguration } from './connection.ts';

export type FunctionCaller = ReturnType<typeof createFunctionCaller>;

/** Calls the invoker and waits for its answer: what fails there fails here, so the message goes back to its queue. */
export function createFunctionCaller(connection: Connection, functionName: string) {
  // A second try of the SDK would only run beside the first; the queue tries again.
  const client = new LambdaClient({ ...clientConfiguration(connection, 'lambda'), maxAttempts: 1 });
  return {
    /** @throws FyrestreamError `invoker-failed` with what the function said */
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
