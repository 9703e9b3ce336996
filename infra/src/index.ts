// The Pulumi program: `pulumi up` runs it in this folder, once per environment, by start.mjs.
import { FyrestreamError } from '@fyrestream/events';
import * as pulumi from '@pulumi/pulumi';
import { createStack } from './stack.ts';

/** The configuration of the stack in one namespace, by the names in it. */
function configOf(namespace: string): Record<string, string> {
  const prefix = `${namespace}:`;
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

// Expected errors print their message only; Pulumi prints a stack trace for all others.
export const outputs = await createStack({
  stack: pulumi.getStack(),
  region: new pulumi.Config('aws').require('region'),
  config: configOf('fyrestream'),
  providerConfig: configOf('aws'),
}).catch((error: unknown) => {
  throw error instanceof FyrestreamError ? new pulumi.RunError(error.message) : error;
});
