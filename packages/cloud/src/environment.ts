import {
  FyrestreamError,
  jsonVariable,
  launchTargetEnvironmentSchema,
  priorityPrefixesSchema,
  profilesVariable,
  settingsEnvironmentSchema,
  sharesSchema,
  stackEnvironmentSchema,
  transcodeRequestSchema,
  webhooksSchema,
} from '@fyrestream/events';
import { z } from 'zod';

/**
 * The environment of this process. Only this file reads it. The stack and the local cloud set exactly the variables of these
 * schemas; their tests compare them.
 */
export const processEnvironment: NodeJS.ProcessEnv = process.env;

const text = z.string().min(1);
const count = z.coerce.number().int().positive();
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Where tasks run and on which CPUs: it decides what they cost. */
const taskPlatform = {
  FYRESTREAM_REGION: text,
  FYRESTREAM_ARCHITECTURE: z.enum(['x86_64', 'arm64']),
};

const logLevel = z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info');

export const pollerEnvironmentSchema = z.object({
  FYRESTREAM_LOG_LEVEL: logLevel,
  /** Name or ARN of the invoker. */
  FYRESTREAM_INVOKER_FUNCTION: text,
});

export const notifierEnvironmentSchema = z.object({
  FYRESTREAM_LOG_LEVEL: logLevel,
  FYRESTREAM_JOBS_TABLE: text,
  FYRESTREAM_WEBHOOKS: jsonVariable(webhooksSchema),
  /** The secret of an endpoint has its name after this prefix. */
  FYRESTREAM_WEBHOOK_SECRET_PREFIX: text,
  FYRESTREAM_WEBHOOK_QUEUE_URL: z.url(),
  FYRESTREAM_WEBHOOK_DEAD_LETTER_QUEUE_URL: z.url(),
  /** Between the attempts of a delivery; the queue gives up after one more attempt. */
  FYRESTREAM_WEBHOOK_RETRY_DELAYS_SECONDS: jsonVariable(z.array(z.number().nonnegative().max(36_000)).min(1)),
  /** Whether endpoints may be on this machine; otherwise they must be public. */
  FYRESTREAM_WEBHOOK_LOOPBACK: flag,
});

const ledgerEnvironment = {
  FYRESTREAM_JOBS_TABLE: text,
  /** How long to keep the record of a finished job. */
  FYRESTREAM_RECORD_RETENTION_DAYS: count,
  FYRESTREAM_EVENT_BUS: text,
};

export const invokerEnvironmentSchema = z.object({
  FYRESTREAM_LOG_LEVEL: logLevel,
  ...ledgerEnvironment,
  FYRESTREAM_SOURCE_BUCKET: text,
  FYRESTREAM_OUTPUT_BUCKET: text,
  /** How long to keep a replaced version, for viewers who still play it. */
  FYRESTREAM_OLD_VERSION_RETENTION_DAYS: count,
  /** When what was published from a deleted upload is deleted; empty: never. */
  FYRESTREAM_DELETE_AFTER_SOURCE_DAYS: z.union([z.literal('').transform(() => null), count]).default(null),
  FYRESTREAM_CONTROL_QUEUE_URL: z.url(),
  ...launchTargetEnvironmentSchema.shape,
  FYRESTREAM_MAX_CONCURRENT_TASKS: count,
  /** Whether the first launch of a job runs on Spot. */
  FYRESTREAM_SPOT: flag,
  /** A job with a higher cost estimate is held until an operator releases it. */
  FYRESTREAM_COST_LIMIT_USD: z.coerce.number().positive(),
  /** In which order waiting jobs are launched. */
  FYRESTREAM_PRIORITIES: jsonVariable(priorityPrefixesSchema),
  FYRESTREAM_SHARES: jsonVariable(sharesSchema),
  /** How uploads may be made; the worker makes them. */
  FYRESTREAM_PROFILES: profilesVariable,
  /** Not used: the code of release 0.1.0 reads it while an update replaces it. */
  FYRESTREAM_LADDER: text,
  ...taskPlatform,
});

export const workerEnvironmentSchema = z.object({
  FYRESTREAM_LOG_LEVEL: logLevel,
  ...ledgerEnvironment,
  FYRESTREAM_OUTPUT_BUCKET: text,
  FYRESTREAM_PROFILES: profilesVariable,
  FYRESTREAM_SCRATCH_DIRECTORY: text,
  /** The same limit as the invoker's: the worker knows the duration, the invoker only what the file says. */
  FYRESTREAM_COST_LIMIT_USD: z.coerce.number().positive(),
  ...taskPlatform,
  /** The time limit of one attempt. */
  FYRESTREAM_ATTEMPT_HOURS: z.coerce.number().positive().max(168),
  /** The wanted length of a unit of video. */
  FYRESTREAM_UNIT_SECONDS: z.coerce.number().positive(),
  /** How many workers a job may have, and the time within which they should encode it. */
  FYRESTREAM_MAX_WORKERS_PER_JOB: count,
  FYRESTREAM_TARGET_MINUTES: z.coerce.number().positive(),
  /** For the message that asks the invoker to launch the other workers. */
  FYRESTREAM_CONTROL_QUEUE_URL: z.url(),
  /** Set by each launch, not by the stack. */
  FYRESTREAM_REQUEST: jsonVariable(transcodeRequestSchema),
});

export const apiEnvironmentSchema = z.object({
  FYRESTREAM_LOG_LEVEL: logLevel,
  /** Name of the stack. */
  FYRESTREAM_STACK: text,
  ...stackEnvironmentSchema.shape,
  ...settingsEnvironmentSchema.shape,
  /** Base URL of published outputs; empty without delivery. */
  FYRESTREAM_DELIVERY_URL: z.union([z.url(), z.literal('')]),
});

export type InvokerEnvironment = z.infer<typeof invokerEnvironmentSchema>;
export type WorkerEnvironment = z.infer<typeof workerEnvironmentSchema>;

/**
 * Parses the environment variables of a process.
 * @throws FyrestreamError `bad-environment` that names every missing or invalid variable
 */
export function readEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: NodeJS.ProcessEnv = processEnvironment,
): z.infer<Schema> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const [name, ...rest] = issue.path.map(String);
    if (rest.length === 0 && environment[name ?? ''] === undefined) return `${name} is missing`;
    return `${[name, ...rest].join('.')}: ${issue.message}`;
  });
  throw new FyrestreamError({
    code: 'bad-environment',
    message: `The environment is not valid: ${faults.join('; ')}.`,
    retryable: false,
  });
}
