import type {
  invokerEnvironmentSchema,
  notifierEnvironmentSchema,
  pollerEnvironmentSchema,
  workerEnvironmentSchema,
} from '@fyrestream/cloud';
import {
  earlierLadderVariable,
  packProfiles,
  type settingsEnvironmentSchema,
  type stackEnvironmentSchema,
} from '@fyrestream/events';
import { functionLogGroup, taskLogGroup } from '../lambda/function-log.ts';
import { queueUrl } from '../sqs/open-queues.ts';
import { type Topology, webhookSecretPrefix } from '../topology.ts';

/** All variables of a schema of `packages/cloud`, as strings. */
type Variables<Schema extends { readonly shape: object }> = Readonly<
  Record<keyof Schema['shape'] & string, string>
>;

/** The environment of the poller, as the deployed stack sets it. */
export function pollerEnvironment(topology: Topology): Variables<typeof pollerEnvironmentSchema> {
  return { FYRESTREAM_LOG_LEVEL: 'info', FYRESTREAM_INVOKER_FUNCTION: topology.functions.invoker.name };
}

export function notifierEnvironment(
  topology: Topology,
  controlPlaneUrl: string,
): Variables<typeof notifierEnvironmentSchema> {
  const { name, deadLetterName } = topology.queues.webhooks;
  return {
    FYRESTREAM_LOG_LEVEL: 'info',
    FYRESTREAM_JOBS_TABLE: topology.jobsTable,
    FYRESTREAM_WEBHOOKS: JSON.stringify(topology.webhooks),
    FYRESTREAM_WEBHOOK_SECRET_PREFIX: webhookSecretPrefix(topology),
    FYRESTREAM_WEBHOOK_QUEUE_URL: queueUrl(controlPlaneUrl, name),
    FYRESTREAM_WEBHOOK_DEAD_LETTER_QUEUE_URL: queueUrl(controlPlaneUrl, deadLetterName),
    FYRESTREAM_WEBHOOK_RETRY_DELAYS_SECONDS: JSON.stringify(topology.webhookRetryDelaysSeconds),
    FYRESTREAM_WEBHOOK_LOOPBACK: 'true',
  };
}

export function invokerEnvironment(
  topology: Topology,
  controlQueueUrl: string,
): Variables<typeof invokerEnvironmentSchema> {
  const { family, revision, containerName } = topology.taskDefinition;
  return {
    ...ledgerEnvironment(topology),
    FYRESTREAM_SOURCE_BUCKET: topology.videosBucket,
    FYRESTREAM_OUTPUT_BUCKET: topology.transcodedBucket,
    FYRESTREAM_OLD_VERSION_RETENTION_DAYS: String(topology.oldVersionDays),
    FYRESTREAM_DELETE_AFTER_SOURCE_DAYS: String(topology.deleteAfterSourceDays ?? ''),
    FYRESTREAM_CONTROL_QUEUE_URL: controlQueueUrl,
    FYRESTREAM_CLUSTER: topology.cluster,
    FYRESTREAM_TASK_DEFINITION: `${family}:${revision}`,
    FYRESTREAM_CONTAINER_NAME: containerName,
    // Local processes have no subnets.
    FYRESTREAM_SUBNETS: '',
    FYRESTREAM_SECURITY_GROUPS: '',
    FYRESTREAM_ASSIGN_PUBLIC_IP: 'false',
    FYRESTREAM_MAX_CONCURRENT_TASKS: String(topology.maxRunningTasks),
    FYRESTREAM_PRIORITIES: JSON.stringify(topology.priorities),
    FYRESTREAM_SHARES: JSON.stringify(topology.shares),
    FYRESTREAM_SPOT: String(topology.spotFirst),
    FYRESTREAM_COST_LIMIT_USD: String(topology.costLimitUsd),
    FYRESTREAM_LADDER: earlierLadderVariable(topology),
    ...profilesEnvironment(topology),
  };
}

/** Without `FYRESTREAM_REQUEST`, which each launch adds. */
export function workerEnvironment(
  topology: Topology,
  { scratchDirectory, controlQueueUrl }: { scratchDirectory: string; controlQueueUrl: string },
): Omit<Variables<typeof workerEnvironmentSchema>, 'FYRESTREAM_REQUEST'> {
  return {
    ...ledgerEnvironment(topology),
    FYRESTREAM_OUTPUT_BUCKET: topology.transcodedBucket,
    ...profilesEnvironment(topology),
    FYRESTREAM_SCRATCH_DIRECTORY: scratchDirectory,
    FYRESTREAM_COST_LIMIT_USD: String(topology.costLimitUsd),
    FYRESTREAM_ATTEMPT_HOURS: String(topology.attemptHours),
    FYRESTREAM_UNIT_SECONDS: String(topology.unitSeconds),
    FYRESTREAM_MAX_WORKERS_PER_JOB: String(topology.maxWorkersPerJob),
    FYRESTREAM_TARGET_MINUTES: String(topology.targetMinutes),
    FYRESTREAM_CONTROL_QUEUE_URL: controlQueueUrl,
  };
}

/** What operators and the API need: addresses and settings. */
export function operatorEnvironment(
  topology: Topology,
  queueUrlOf: (name: string) => string,
): Variables<typeof stackEnvironmentSchema> &
  Omit<Variables<typeof settingsEnvironmentSchema>, 'FYRESTREAM_LADDER'> {
  const { uploads, control, webhooks } = topology.queues;
  return {
    FYRESTREAM_SOURCE_BUCKET: topology.videosBucket,
    FYRESTREAM_OUTPUT_BUCKET: topology.transcodedBucket,
    FYRESTREAM_JOBS_TABLE: topology.jobsTable,
    FYRESTREAM_RECORD_RETENTION_DAYS: String(topology.recordRetentionDays),
    FYRESTREAM_QUEUE_URL: queueUrlOf(uploads.name),
    FYRESTREAM_DEAD_LETTER_QUEUE_URL: queueUrlOf(uploads.deadLetterName),
    FYRESTREAM_CONTROL_QUEUE_URL: queueUrlOf(control.name),
    FYRESTREAM_CONTROL_DEAD_LETTER_QUEUE_URL: queueUrlOf(control.deadLetterName),
    FYRESTREAM_POLLER_LOG_GROUP: functionLogGroup(topology.functions.poller.name),
    FYRESTREAM_INVOKER_LOG_GROUP: functionLogGroup(topology.functions.invoker.name),
    FYRESTREAM_WORKER_LOG_GROUP: taskLogGroup(topology.taskDefinition.family),
    FYRESTREAM_WEBHOOKS: JSON.stringify(topology.webhooks),
    FYRESTREAM_WEBHOOK_QUEUE_URL: queueUrlOf(webhooks.name),
    FYRESTREAM_WEBHOOK_DEAD_LETTER_QUEUE_URL: queueUrlOf(webhooks.deadLetterName),
    FYRESTREAM_NOTIFIER_LOG_GROUP: functionLogGroup(topology.functions.notifier.name),
    FYRESTREAM_SPOT: String(topology.spotFirst),
    FYRESTREAM_MAX_CONCURRENT_TASKS: String(topology.maxRunningTasks),
    FYRESTREAM_MAX_WORKERS_PER_JOB: String(topology.maxWorkersPerJob),
    FYRESTREAM_TARGET_MINUTES: String(topology.targetMinutes),
    FYRESTREAM_COST_LIMIT_USD: String(topology.costLimitUsd),
    FYRESTREAM_UNIT_SECONDS: String(topology.unitSeconds),
    FYRESTREAM_PRIORITIES: JSON.stringify(topology.priorities),
    FYRESTREAM_SHARES: JSON.stringify(topology.shares),
    ...profilesEnvironment(topology),
  };
}

function profilesEnvironment(topology: Topology) {
  return {
    FYRESTREAM_PROFILES: packProfiles(topology),
    FYRESTREAM_REGION: topology.priceRegion,
    FYRESTREAM_ARCHITECTURE: topology.architecture,
  };
}

function ledgerEnvironment(topology: Topology) {
  return {
    FYRESTREAM_LOG_LEVEL: 'info',
    FYRESTREAM_JOBS_TABLE: topology.jobsTable,
    FYRESTREAM_RECORD_RETENTION_DAYS: String(topology.recordRetentionDays),
    FYRESTREAM_EVENT_BUS: topology.eventBus,
  };
}
