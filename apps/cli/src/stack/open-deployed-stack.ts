import { FyrestreamError, stackEnvironmentSchema } from '@fyrestream/events';
import { connectStack, type Stack } from '@fyrestream/operations';
import { z } from 'zod';
import { readStackOutputs } from '../../setup/read-stack-outputs.mjs';

/** The outputs of the Pulumi program that are used here. */
const stackOutputsSchema = z.object({ region: z.string().min(1), environment: stackEnvironmentSchema });

/**
 * Opens a deployed stack by its name in Pulumi, with the credentials that the AWS SDK finds: environment, profile or role.
 * @throws SetupError `pulumi-missing`, `stack-unreadable`; FyrestreamError `stack-not-deployed`
 */
export async function openDeployedStack(name: string): Promise<Stack> {
  const outputs = stackOutputsSchema.safeParse(await readStackOutputs(name));
  if (!outputs.success) {
    throw new FyrestreamError({
      code: 'stack-not-deployed',
      message: `The stack ${name} has no outputs of Fyrestream: deploy it with \`pulumi up --stack ${name}\`.`,
      retryable: false,
      cause: outputs.error,
    });
  }
  const { region, environment } = outputs.data;
  const stack: Stack = await connectStack({ region }, environment, {
    name: `the stack ${name}`,
    access: { region, local: null },
    dataDirectory: null,
    reopen: async () => stack,
  });
  return stack;
}
