import { fileURLToPath } from 'node:url';
import {
  defaultLadderConfig,
  type LadderConfig,
  type PriorityPrefixes,
  type ProfileRules,
  type Profiles,
  type Shares,
  type Webhooks,
  webhookRetryDelaysSeconds,
} from '@fyrestream/events';
import { region } from './arn.ts';

/** The resources of a stack and their settings. */
export interface Topology {
  readonly stack: string;
  readonly videosBucket: string;
  readonly transcodedBucket: string;
  readonly jobsTable: string;
  readonly queues: {
    readonly uploads: QueueDefinition;
    readonly control: QueueDefinition;
    readonly webhooks: QueueDefinition;
  };
  readonly functions: {
    readonly poller: FunctionDefinition;
    readonly invoker: FunctionDefinition;
    readonly notifier: FunctionDefinition;
  };
  readonly api: {
    /** The built ES module that exports `createApiListener`. */
    readonly bundlePath: string;
    /** The built web page; there may be none. */
    readonly pagesDirectory: string;
  };
  readonly eventSource: EventSourceSettings;
  /** Of the notifier. */
  readonly webhookSource: EventSourceSettings;
  /** Receivers of job events by name; each has a secret. */
  readonly webhooks: Webhooks;
  readonly webhookRetryDelaysSeconds: readonly number[];
  readonly asyncInvocation: { readonly retryDelaysSeconds: readonly number[] };
  readonly cluster: string;
  readonly taskDefinition: TaskDefinition;
  /** At this number of running tasks, RunTask responds as Fargate does without capacity. */
  readonly maxRunningTasks: number;
  /** Of these, how many one job may have, and within which time they should encode its video. */
  readonly maxWorkersPerJob: number;
  readonly targetMinutes: number;
  /** In which order waiting jobs are launched. */
  readonly priorities: PriorityPrefixes;
  readonly shares: Shares;
  /** What is encoded for every upload. */
  readonly ladder: LadderConfig;
  readonly profiles: Profiles;
  readonly profileRules: ProfileRules;
  /** The region and the CPUs of Fargate from whose prices estimates are made. */
  readonly priceRegion: string;
  readonly architecture: 'x86_64' | 'arm64';
  /** In AWS prices, from which the estimate is made. */
  readonly costLimitUsd: number;
  /** Whether the first launch of a job is on Spot. */
  readonly spotFirst: boolean;
  readonly attemptHours: number;
  readonly unitSeconds: number;
  /** How long to keep a replaced version. */
  readonly oldVersionDays: number;
  /** Days from the deletion of an upload to that of what was published from it; null: it stays. */
  readonly deleteAfterSourceDays: number | null;
  readonly recordRetentionDays: number;
  readonly eventBus: string;
  readonly sweep: { readonly busyIntervalSeconds: number; readonly idleIntervalSeconds: number };
}

export interface QueueDefinition {
  readonly name: string;
  readonly deadLetterName: string;
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceives: number;
}

export interface FunctionDefinition {
  readonly name: string;
  /** The built ES module that exports `handler`. */
  readonly bundlePath: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  readonly reservedConcurrency: number;
  /** An execution environment ends after this time without an event. */
  readonly keepWarmSeconds: number;
}

export interface EventSourceSettings {
  readonly batchSize: number;
  readonly maxConcurrency: number;
  readonly pollIntervalSeconds: number;
  /** A failed message becomes visible after this time; null: after its visibility timeout, as on AWS. */
  readonly retryAfterSeconds: number | null;
}

export interface TaskDefinition {
  readonly family: string;
  readonly revision: number;
  readonly containerName: string;
  /** The built ES module that runs in place of the container. */
  readonly bundlePath: string;
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly stopTimeoutSeconds: number;
}

const stack = 'local';

/**
 * The stack `local`: the resources that the Pulumi program creates, with shorter times, so that retries are visible on a
 * laptop.
 */
export const localTopology: Topology = {
  stack,
  videosBucket: `fyrestream-videos-${stack}`,
  transcodedBucket: `fyrestream-transcoded-${stack}`,
  jobsTable: `fyrestream-jobs-${stack}`,
  queues: {
    uploads: queue('fyrestream-sqs'),
    control: queue('fyrestream-control'),
    webhooks: queue('fyrestream-webhooks', webhookRetryDelaysSeconds.length + 1),
  },
  functions: {
    poller: lambdaFunction('fyrestream-sqs-poller', 'poller', 60),
    invoker: lambdaFunction('fyrestream-transcoder-invoker', 'invoker', 30),
    notifier: lambdaFunction('fyrestream-notifier', 'notifier', 30),
  },
  api: {
    bundlePath: bundlePath('api'),
    pagesDirectory: fileURLToPath(new URL('../../console/dist', import.meta.url)),
  },
  // One batch per queue at a time: each batch makes five calls of the invoker, which matches its reserved concurrency. AWS
  // allows at least two batches, and 1,000 concurrent executions.
  eventSource: { batchSize: 10, maxConcurrency: 1, pollIntervalSeconds: 0.2, retryAfterSeconds: 10 },
  // Two batches: a slow endpoint delays the others by one batch at most.
  webhookSource: { batchSize: 10, maxConcurrency: 2, pollIntervalSeconds: 0.2, retryAfterSeconds: null },
  webhooks: {},
  webhookRetryDelaysSeconds,
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
  maxRunningTasks: 2,
  maxWorkersPerJob: 1,
  priorities: {},
  shares: {},
  targetMinutes: 10,
  ladder: defaultLadderConfig,
  profiles: {},
  profileRules: [],
  priceRegion: region,
  architecture: 'x86_64',
  // Tasks cost nothing here, so the limit is never reached.
  costLimitUsd: 1_000,
  spotFirst: true,
  attemptHours: 12,
  unitSeconds: 48,
  oldVersionDays: 7,
  deleteAfterSourceDays: null,
  recordRetentionDays: 90,
  eventBus: `fyrestream-${stack}`,
  sweep: { busyIntervalSeconds: 30, idleIntervalSeconds: 300 },
};

/** The secret of an endpoint has its name after this. */
export function webhookSecretPrefix({ stack: name }: Pick<Topology, 'stack'>): string {
  return `fyrestream-webhook-${name}/`;
}

function queue(name: string, maxReceives = 5): QueueDefinition {
  return {
    name: `${name}-${stack}`,
    deadLetterName: `${name}-dead-letters-${stack}`,
    // Lambda requires it to be longer than the timeout of the poller.
    visibilityTimeoutSeconds: 90,
    maxReceives,
  };
}

function lambdaFunction(name: string, app: string, timeoutSeconds: number): FunctionDefinition {
  return {
    name: `${name}-${stack}`,
    bundlePath: bundlePath(app),
    timeoutSeconds,
    memoryMiB: 512,
    reservedConcurrency: 10,
    // Longer than the interval of the sweeps while a job runs: the start of the two functions takes 0.9 CPU seconds.
    keepWarmSeconds: 35,
  };
}

function bundlePath(app: string): string {
  return fileURLToPath(new URL(`../../${app}/dist/main.mjs`, import.meta.url));
}
