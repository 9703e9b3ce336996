import { linePartition, type Settings } from '@fyrestream/events';
import type { StackArns } from '../names/stack-arns.ts';
import { lambdaServiceStatements } from './lambda-service.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Permissions of the invoker: reads uploads, updates the ledger, starts transcoder tasks, publishes job events. */
export function invokerPermissions(
  arns: StackArns,
  { network, deleteAfterSourceDays }: Pick<Settings, 'network' | 'deleteAfterSourceDays'>,
): PolicyDocument {
  return policyDocument(
    {
      Sid: 'ReadUploads',
      Effect: 'Allow',
      // GetObject: whether an upload was deleted meanwhile; uploads that the sweep finds by listing have no version id yet.
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: [arns.uploads],
    },
    {
      Sid: 'ListUploads',
      Effect: 'Allow',
      // The sweep lists uploads. Without this permission S3 also answers 403 instead of 404 for a missing object.
      Action: ['s3:ListBucket'],
      Resource: [arns.sourceBucket],
    },
    {
      Sid: 'FindOldVersions',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [arns.outputBucket],
    },
    {
      Sid: 'RemoveOldVersionsAndCancelledWork',
      Effect: 'Allow',
      Action: ['s3:DeleteObject'],
      Resource: [arns.versions, arns.keys, arns.work],
    },
    ...(deleteAfterSourceDays === undefined
      ? []
      : [
          {
            Sid: 'UnpublishDeletedUploads',
            Effect: 'Allow' as const,
            // GetObject: each file is removed on condition of its ETag.
            Action: ['s3:GetObject', 's3:DeleteObject'],
            Resource: [arns.outputs],
          },
        ]),
    {
      Sid: 'UpdateLedger',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
      Resource: [arns.jobsTable],
    },
    {
      Sid: 'RemoveFromLine',
      Effect: 'Allow',
      Action: ['dynamodb:DeleteItem'],
      Resource: [arns.jobsTable],
      // Entries of jobs that no longer wait, and no other items. Without the key in the request, the first condition is true.
      Condition: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [linePartition] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    },
    {
      Sid: 'FindJobs',
      Effect: 'Allow',
      Action: ['dynamodb:Query'],
      Resource: [arns.jobsByStatus, arns.jobsByOwed],
    },
    {
      Sid: 'StartTranscoders',
      Effect: 'Allow',
      Action: ['ecs:RunTask'],
      Resource: [arns.taskDefinition],
      Condition: { ArnEquals: { 'ecs:cluster': arns.cluster } },
    },
    {
      Sid: 'TagTranscoders',
      Effect: 'Allow',
      // RunTask gives a task the tags of its task definition. Tasks that exist cannot be tagged.
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
      Action: ['ecs:TagResource'],
      Resource: [arns.tasks],
      Condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
    },
    {
      Sid: 'ControlTranscoders',
      Effect: 'Allow',
      Action: ['ecs:DescribeTasks', 'ecs:StopTask'],
      Resource: [arns.tasks],
      Condition: { ArnEquals: { 'ecs:cluster': arns.cluster } },
    },
    {
      Sid: 'FindForgottenTasks',
      Effect: 'Allow',
      Action: ['ecs:ListTasks'],
      // Fargate tasks have no container instance, which is the only resource of ListTasks.
      Resource: ['*'],
      Condition: { ArnEquals: { 'ecs:cluster': arns.cluster } },
    },
    {
      Sid: 'PassTaskRoles',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [arns.role('worker'), arns.role('execution')],
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
    {
      Sid: 'SendReminders',
      Effect: 'Allow',
      Action: ['sqs:SendMessage'],
      Resource: [arns.controlQueue],
    },
    {
      Sid: 'PublishJobEvents',
      Effect: 'Allow',
      Action: ['events:PutEvents'],
      Resource: [arns.eventBus],
    },
    ...lambdaServiceStatements(network, arns.invoker, arns.invokerLogs),
  );
}
