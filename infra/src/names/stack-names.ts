import type { Settings } from '@fyrestream/events';
import { FyrestreamError } from '@fyrestream/events';
import type { StackLocation } from './stack-location.ts';

/** Physical names of all resources. */
export type StackNames = ReturnType<typeof createStackNames>;

/** `fyrestream-transcoded-<stack>-<account>-<region>` must fit into 63 characters, the limit for bucket names. */
const stackPattern = /^[a-z][a-z0-9-]{0,11}$/;

/** The log group of a Lambda function. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
export function functionLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** The log group of the tasks of a family. */
export function taskLogGroup(family: string): string {
  return `/ecs/${family}`;
}

/** @throws FyrestreamError `bad-stack-name` */
export function createStackNames(
  { stack, accountId, region }: StackLocation,
  settings: Pick<Settings, 'sourceBucketName' | 'outputBucketName'>,
) {
  if (!stackPattern.test(stack)) {
    throw new FyrestreamError({
      code: 'bad-stack-name',
      message: `Invalid stack name ${stack}: it is part of every resource name, so use a letter and up to 11 more of a-z, 0-9 and hyphens.`,
      retryable: false,
    });
  }
  // Bucket names are global in AWS.
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
    webhookQueue: `fyrestream-webhooks-${stack}`,
    webhookDeadLetters: `fyrestream-webhooks-dead-letters-${stack}`,
    undeliveredEvents: `fyrestream-undelivered-events-${stack}`,
    poller: `fyrestream-sqs-poller-${stack}`,
    invoker: `fyrestream-transcoder-invoker-${stack}`,
    api: `fyrestream-api-${stack}`,
    notifier: `fyrestream-notifier-${stack}`,
    cluster: `fyrestream-${stack}`,
    transcoder: `fyrestream-transcoder-${stack}`,
    /** Name within the task definition, the same in all stacks. */
    container: 'fyrestream-transcoder',
    eventBus: `fyrestream-${stack}`,
    sweep: `fyrestream-sweep-${stack}`,
    alerts: `fyrestream-alerts-${stack}`,
    jobEvents: `fyrestream-job-events-${stack}`,
    /** The slash ends the name of the stack, so that no stack can read the secrets of another. */
    webhookSecret: (endpoint: string) => `fyrestream-webhook-${stack}/${endpoint}`,
    role: (principal: string) => `fyrestream-${principal}-${stack}`,
    resource: (name: string) => `fyrestream-${name}-${stack}`,
  };
}
