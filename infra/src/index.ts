// The Pulumi program: `pulumi up` runs it in this folder, once per environment.
import { FyrestreamError } from '@fyrestream/events';
import * as pulumi from '@pulumi/pulumi';
import { createStack } from './stack.ts';

const namespace = 'fyrestream:';

// Expected errors print their message only; Pulumi prints a stack trace for all others.
const outputs = await createStack({
  stack: pulumi.getStack(),
  region: new pulumi.Config('aws').require('region'),
  config: Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(namespace))
      .map(([key, value]) => [key.slice(namespace.length), value]),
  ),
}).catch((error: unknown) => {
  throw error instanceof FyrestreamError ? new pulumi.RunError(error.message) : error;
});

export const {
  region,
  accountId,
  environment,
  jobEventsTopicArn,
  deliveryUrl,
  dashboardUrl,
  idleCostUsdPerMonth,
  idleCost,
} = outputs;
