import { fileURLToPath } from 'node:url';

/** Queues, functions, tasks and their numbers. Lengths of time are in seconds. */
export interface Topology {
  readonly stack: string;
  readonly videosBucket: string;
  readonly transcodedBucket: string;
  readonly jobsTable: string;
  readonly queues: {
    readonly uploads: QueueDefinition;
    readonly control: QueueDefinition;
  };
  readonly functions: { readonly poller: FunctionDefinition; readonly invoker: FunctionDefinition };
  readonly eventSource: EventSourceDefinition;
  readonly asyncInvocation: { readonly retryDelaysSeconds: readonly number[] };
  readonly cluster: string;
  readonly taskDefinition: TaskDefinition;
  /** Beyond this many, RunTask answers as Fargate does without capacity. */
  readonly maximumRunningTasks: number;
  readonly eventBus: string;
  readonly sweep: { readonly busyIntervalSeconds: number; readonly idleIntervalSeconds: number };
}

export interface QueueDefinition {
  readonly name: string;
  readonly deadLetterName: string;
  readonly visibilityTimeoutSeconds: number;
  readonly maximumReceives: number;
}

export interface FunctionDefinition {
  readonly name: string;
  /** The built ES module that exports `handler`. */
  readonly bundlePath: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  readonly reservedConcurrency: number;
  /** How long an execution environment waits for its next event before it ends. */
  readonly keepWarmSeconds: number;
}

export interface EventSourceDefinition {
  readonly batchSize: number;
  readonly maximumConcurrency: number;
  readonly pollIntervalSeconds: number;
  /** A failed message comes back this soon: on AWS only its visibility timeout decides. */
  readonly retryAfterSeconds: number;
}

export interface TaskDefinition {
  readonly family: string;
  readonly revision: number;
  readonly containerName: string;
  /** The built ES module that the container would run. */
  readonly bundlePath: string;
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly stopTimeoutSeconds: number;
}

const stack = 'local';

/**
 * The stack `local`, as the Pulumi program would lay it out, with shorter times so that a person at a laptop sees
 * retries happen.
 */
export const localTopology: Topology = {
  stack,
  videosBucket: `fyrestream-videos-${stack}`,
  transcodedBucket: `fyrestream-transcoded-${stack}`,
  jobsTable: `fyrestream-jobs-${stack}`,
  queues: {
    uploads: queue('fyrestream-sqs'),
    control: queue('fyrestream-control'),
  },
  functions: {
    poller: lambdaFunction('fyrestream-sqs-poller', 'poller', 60),
    invoker: lambdaFunction('fyrestream-transcoder-invoker', 'invoker', 30),
  },
  // One batch of each queue at a time: their calls of the invoker, five each, are what its reserved concurrency takes. AWS
  // has two at least, and a thousand executions.
  eventSource: { batchSize: 10, maximumConcurrency: 1, pollIntervalSeconds: 0.2, retryAfterSeconds: 10 },
  // AWS waits one minute, then two: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
  asyncInvocation: { retryDelaysSeconds: [5, 10] },
  cluster: `fyrestream-${stack}`,
  taskDefinition: {
    family: `fyrestream-transcoder-${stack}`,
    revision: 1,
    containerName: 'fyrestream-transcoder',
    bundlePath: bundlePath('worker'),
    cpuUnits: 1024,
    memoryMiB: 2048,
    stopTimeoutSeconds: 120,
  },
  maximumRunningTasks: 2,
  eventBus: `fyrestream-${stack}`,
  sweep: { busyIntervalSeconds: 30, idleIntervalSeconds: 300 },
};

function queue(name: string): QueueDefinition {
  return {
    name: `${name}-${stack}`,
    deadLetterName: `${name}-dead-letters-${stack}`,
    // Longer than the poller may take, as Lambda demands of an event source.
    visibilityTimeoutSeconds: 90,
    maximumReceives: 5,
  };
}

function lambdaFunction(name: string, app: string, timeoutSeconds: number): FunctionDefinition {
  return {
    name: `${name}-${stack}`,
    bundlePath: bundlePath(app),
    timeoutSeconds,
    memoryMiB: 512,
    reservedConcurrency: 10,
    keepWarmSeconds: 5,
  };
}

function bundlePath(app: string): string {
  return fileURLToPath(new URL(`../../${app}/dist/main.mjs`, import.meta.url));
}
