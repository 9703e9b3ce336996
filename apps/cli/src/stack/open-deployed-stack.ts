import { FyrestreamError, stackEnvironmentSchema } from '@fyrestream/events';
import { connectStack, type Stack } from '@fyrestream/operations';
import { z } from 'zod';
import { readStackOutputs } from '../../setup/read-stack-outputs.mjs';

/** The outputs of the Pulumi program that are used here. */
const stackOutputsSchema = z.object({
  region: z.string().min(1),
  /** With those of the settings, where the release that deployed the stack has them. */
  environment: z
    .record(z.string(), z.string())
    .refine((environment) => stackEnvironmentSchema.safeParse(environment).success),
  /** Null, or missing in stacks of other releases, without delivery. */
  deliveryUrl: z.url().nullish(),
});
type DeployedStack = z.infer<typeof stackOutputsSchema>;

/**
 * Opens a deployed stack by its name in Pulumi, with the credentials that the AWS SDK finds: environment, profile or role.
 * @throws SetupError `pulumi-missing`, `stack-unreadable`; FyrestreamError `stack-not-deployed`
 */
export async function openDeployedStack(name: string): Promise<Stack> {
  const { region, environment } = await readDeployedStack(name);
  const stack: Stack = await connectStack({ region }, stackEnvironmentSchema.parse(environment), {
    name: `the stack ${name}`,
    access: { region, local: null },
    dataDirectory: null,
    reopen: async () => stack,
  });
  return stack;
}

/** Reads where a stack is. @throws SetupError `pulumi-missing`, `stack-unreadable`; FyrestreamError `stack-not-deployed` */
export async function readDeployedStack(name: string): Promise<DeployedStack> {
  const outputs = stackOutputsSchema.safeParse(await readStackOutputs(name));
  if (outputs.success) return outputs.data;
  throw new FyrestreamError({
    code: 'stack-not-deployed',
    message: `The stack ${name} has no outputs of Fyrestream: deploy it with \`pulumi up --stack ${name}\`.`,
    retryable: false,
    cause: outputs.error,
  });
}
