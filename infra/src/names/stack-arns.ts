import {
  keysPrefix,
  outputPrefix,
  uploadPrefix,
  versionsPrefix,
  watermarkPrefix,
  workPrefix,
} from '@fyrestream/events';
import type { StackLocation } from './stack-location.ts';
import { functionLogGroup, type StackNames, taskLogGroup } from './stack-names.ts';

/** ARNs for permissions. They are built from names, so that a preview shows complete policies. */
export type StackArns = ReturnType<typeof createStackArns>;

export function createStackArns({ accountId, region, partition }: StackLocation, names: StackNames) {
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const bucket = (name: string) => `arn:${partition}:s3:::${name}`;
  const logGroup = (name: string) => arn('logs', `log-group:${name}:*`);
  const jobsTable = arn('dynamodb', `table/${names.jobsTable}`);
  return {
    sourceBucket: bucket(names.sourceBucket),
    uploads: `${bucket(names.sourceBucket)}/${uploadPrefix}*`,
    watermarks: `${bucket(names.sourceBucket)}/${watermarkPrefix}*`,
    outputBucket: bucket(names.outputBucket),
    /** Stable files. */
    outputs: `${bucket(names.outputBucket)}/${outputPrefix}*`,
    versions: `${bucket(names.outputBucket)}/${versionsPrefix}*`,
    /** Keys of encrypted versions. */
    keys: `${bucket(names.outputBucket)}/${keysPrefix}*`,
    work: `${bucket(names.outputBucket)}/${workPrefix}*`,
    jobsTable,
    jobsByStatus: `${jobsTable}/index/by-status`,
    jobsByOwed: `${jobsTable}/index/by-owed`,
    uploadQueue: arn('sqs', names.uploadQueue),
    uploadDeadLetters: arn('sqs', names.uploadDeadLetters),
    controlQueue: arn('sqs', names.controlQueue),
    controlDeadLetters: arn('sqs', names.controlDeadLetters),
    webhookQueue: arn('sqs', names.webhookQueue),
    webhookDeadLetters: arn('sqs', names.webhookDeadLetters),
    /** Secrets Manager adds a hyphen and six characters to the name. */
    webhookSecret: (endpoint: string) =>
      arn('secretsmanager', `secret:${names.webhookSecret(endpoint)}-??????`),
    undeliveredEvents: arn('sqs', names.undeliveredEvents),
    poller: arn('lambda', `function:${names.poller}`),
    invoker: arn('lambda', `function:${names.invoker}`),
    notifier: arn('lambda', `function:${names.notifier}`),
    api: arn('lambda', `function:${names.api}`),
    pollerLogs: logGroup(functionLogGroup(names.poller)),
    invokerLogs: logGroup(functionLogGroup(names.invoker)),
    notifierLogs: logGroup(functionLogGroup(names.notifier)),
    apiLogs: logGroup(functionLogGroup(names.api)),
    transcoderLogs: logGroup(taskLogGroup(names.transcoder)),
    cluster: arn('ecs', `cluster/${names.cluster}`),
    tasks: arn('ecs', `task/${names.cluster}/*`),
    taskDefinition: arn('ecs', `task-definition/${names.transcoder}:*`),
    imageRepository: arn('ecr', `repository/${names.transcoder}`),
    eventBus: arn('events', `event-bus/${names.eventBus}`),
    sweep: arn('scheduler', `schedule/default/${names.sweep}`),
    stoppedTaskRule: arn('events', `rule/${names.resource('task-stopped')}`),
    webhookRule: arn('events', `rule/${names.eventBus}/${names.resource('webhooks')}`),
    alerts: arn('sns', names.alerts),
    jobEvents: arn('sns', names.jobEvents),
    role: (principal: string) => `arn:${partition}:iam::${accountId}:role/${names.role(principal)}`,
    rule: (name: string) => arn('events', `rule/${name}`),
    ruleOnBus: (name: string) => arn('events', `rule/${names.eventBus}/${name}`),
    alarms: arn('cloudwatch', `alarm:fyrestream-*`),
  };
}
