import { FyrestreamError } from '@fyrestream/events';
import type { Settings } from '../settings/settings-schema.ts';
import type { StackPlace } from './stack-place.ts';

/** The physical name of everything that has one: people look for these in consoles and logs. */
export type StackNames = ReturnType<typeof createStackNames>;

/** The longest bucket name, `fyrestream-transcoded-<stack>-<account>-<region>`, has to fit into 63 characters. */
const stackPattern = /^[a-z][a-z0-9-]{0,11}$/;

/** The log group that Lambda writes into. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
export function functionLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** @throws FyrestreamError `bad-stack-name` */
export function createStackNames(
  { stack, accountId, region }: StackPlace,
  settings: Pick<Settings, 'sourceBucketName' | 'outputBucketName'>,
) {
  if (!stackPattern.test(stack)) {
    throw new FyrestreamError({
      code: 'bad-stack-name',
      message: `The stack is called ${stack}, but every name carries it: use a letter and up to 11 more of a-z, 0-9 and hyphens.`,
      retryable: false,
    });
  }
  // The names of buckets are shared by all of AWS.
  const unique = `${stack}-${accountId}-${region}`;
  return {
    vpc: 'fyrestream-vpc',
    sourceBucket: settings.sourceBucketName ?? `fyrestream-videos-${unique}`,
    outputBucket: settings.outputBucketName ?? `fyrestream-transcoded-${unique}`,
    jobsTable: `fyrestream-jobs-${stack}`,
    uploadQueue: `fyrestream-sqs-${stack}`,
    uploadDeadLetters: `fyrestream-sqs-dead-letters-${stack}`,
    controlQueue: `fyrestream-control-${stack}`,
    controlDeadLetters: `fyrestream-control-dead-letters-${stack}`,
    poller: `fyrestream-sqs-poller-${stack}`,
    invoker: `fyrestream-transcoder-invoker-${stack}`,
    cluster: `fyrestream-${stack}`,
    transcoder: `fyrestream-transcoder-${stack}`,
    /** Within the task; no other stack sees it. */
    container: 'fyrestream-transcoder',
    eventBus: `fyrestream-${stack}`,
    sweep: `fyrestream-sweep-${stack}`,
    alerts: `fyrestream-alerts-${stack}`,
    jobEvents: `fyrestream-job-events-${stack}`,
    role: (principal: string) => `fyrestream-${principal}-${stack}`,
    of: (thing: string) => `fyrestream-${thing}-${stack}`,
  };
}
