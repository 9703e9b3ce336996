import {
  keysPrefix,
  outputPrefix,
  uploadPrefix,
  versionsPrefix,
  watermarkPrefix,
  workPrefix,
} from '@fyrestream/events';
import { arn } from '../arn.ts';
import { functionLogGroup, taskLogGroup } from '../lambda/function-log.ts';
import { type Topology, webhookSecretPrefix } from '../topology.ts';
import type { PrincipalName } from './principals.ts';

/** An IAM statement with the effect Allow. `*` matches any characters, `?` matches one. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export type GrantsByPrincipal = Readonly<Record<PrincipalName, readonly Grant[]>>;

/** The permissions of each principal: exactly the calls that it makes. */
export function createGrants(topology: Topology): GrantsByPrincipal {
  const queues = [topology.queues.uploads, topology.queues.control];
  const controlQueue = arn.queue(topology.queues.control.name);
  const webhookQueue = arn.queue(topology.queues.webhooks.name);
  const table = arn.table(topology.jobsTable);
  const logGroups = [
    ...Object.values(topology.functions).map(({ name }) => functionLogGroup(name)),
    taskLogGroup(topology.taskDefinition.family),
  ];
  const eventBus = arn.eventBus(topology.eventBus);
  const family = topology.taskDefinition.family;
  return {
    operator: [{ actions: ['*'], resources: ['*'] }],
    poller: [
      {
        actions: [
          'sqs:ReceiveMessage',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:ChangeMessageVisibility',
        ],
        resources: queues.map((queue) => arn.queue(queue.name)),
      },
      { actions: ['lambda:InvokeFunction'], resources: [arn.function(topology.functions.invoker.name)] },
    ],
    invoker: [
      {
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        resources: [arn.object(topology.videosBucket, `${uploadPrefix}*`)],
      },
      // Without it S3 responds with 403 for a missing object.
      { actions: ['s3:ListBucket'], resources: [arn.bucket(topology.videosBucket)] },
      // Deletes versions and the work of cancelled jobs, never the stable files.
      { actions: ['s3:ListBucket'], resources: [arn.bucket(topology.transcodedBucket)] },
      {
        actions: ['s3:DeleteObject'],
        resources: [versionsPrefix, keysPrefix, workPrefix].map((prefix) =>
          arn.object(topology.transcodedBucket, `${prefix}*`),
        ),
      },
      ...(topology.deleteAfterSourceDays === null
        ? []
        : [
            {
              actions: ['s3:GetObject', 's3:DeleteObject'],
              resources: [arn.object(topology.transcodedBucket, `${outputPrefix}*`)],
            },
          ]),
      // Deletes entries of the line of waiting jobs.
      { actions: [...readAndWriteItems, 'dynamodb:DeleteItem'], resources: [table, `${table}/index/*`] },
      { actions: ['ecs:RunTask'], resources: [arn.taskDefinition(family, '*')] },
      {
        actions: ['ecs:DescribeTasks', 'ecs:StopTask', 'ecs:TagResource'],
        resources: [arn.task(topology.cluster, '*')],
      },
      { actions: ['ecs:ListTasks'], resources: ['*'] },
      {
        actions: ['iam:PassRole'],
        resources: [arn.role('fyrestream-worker-local'), arn.role('fyrestream-execution-local')],
      },
      { actions: ['sqs:SendMessage'], resources: [controlQueue] },
      { actions: ['events:PutEvents'], resources: [eventBus] },
    ],
    notifier: [
      {
        actions: [
          'sqs:ReceiveMessage',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:ChangeMessageVisibility',
        ],
        resources: [webhookQueue],
      },
      {
        actions: ['sqs:SendMessage'],
        resources: [webhookQueue, arn.queue(topology.queues.webhooks.deadLetterName)],
      },
      {
        actions: ['secretsmanager:GetSecretValue'],
        resources: [`${arn.secret(`${webhookSecretPrefix(topology)}*`)}`],
      },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
        resources: [table],
      },
    ],
    worker: [
      {
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        resources: [uploadPrefix, watermarkPrefix].map((prefix) =>
          arn.object(topology.videosBucket, `${prefix}*`),
        ),
      },
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
        resources: [outputPrefix, versionsPrefix, workPrefix].map((prefix) =>
          arn.object(topology.transcodedBucket, `${prefix}*`),
        ),
      },
      {
        actions: ['s3:PutObject'],
        resources: [arn.object(topology.transcodedBucket, `${keysPrefix}*`)],
      },
      {
        actions: ['s3:ListBucket'],
        resources: [arn.bucket(topology.videosBucket), arn.bucket(topology.transcodedBucket)],
      },
      { actions: readAndWriteItems, resources: [table, `${table}/index/*`] },
      { actions: ['events:PutEvents'], resources: [eventBus] },
      { actions: ['sqs:SendMessage'], resources: [controlQueue] },
    ],
    api: [
      // Uploads in parts, with presigned URLs; a look at what a completed one became.
      {
        actions: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:GetObject'],
        resources: [arn.object(topology.videosBucket, `${uploadPrefix}*`)],
      },
      // Keys: only the server of the console, which plays, reads them; the API on AWS does not.
      {
        actions: ['s3:GetObject'],
        resources: [outputPrefix, versionsPrefix, keysPrefix, workPrefix].map((prefix) =>
          arn.object(topology.transcodedBucket, `${prefix}*`),
        ),
      },
      {
        actions: ['s3:ListBucket'],
        resources: [arn.bucket(topology.videosBucket), arn.bucket(topology.transcodedBucket)],
      },
      // Enables endpoints of webhooks by deleting their states.
      { actions: [...readAndWriteItems, 'dynamodb:DeleteItem'], resources: [table, `${table}/index/*`] },
      {
        actions: ['sqs:SendMessage', 'sqs:GetQueueAttributes'],
        resources: [...queues.map((queue) => arn.queue(queue.name)), webhookQueue],
      },
      {
        actions: [
          'sqs:ReceiveMessage',
          'sqs:DeleteMessage',
          'sqs:ChangeMessageVisibility',
          'sqs:GetQueueAttributes',
        ],
        resources: [...queues, topology.queues.webhooks].map((queue) => arn.queue(queue.deadLetterName)),
      },
      { actions: ['ecs:StopTask'], resources: [arn.task(topology.cluster, '*')] },
      {
        actions: ['logs:FilterLogEvents'],
        resources: logGroups.map((group) => `${arn.logStreams(group)}*`),
      },
    ],
    's3-notifications': [
      { actions: ['sqs:SendMessage'], resources: [arn.queue(topology.queues.uploads.name)] },
    ],
    events: [{ actions: ['sqs:SendMessage'], resources: [controlQueue, webhookQueue] }],
  };
}

const readAndWriteItems = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'];
