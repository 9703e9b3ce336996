import type { StackArns } from '../names/stack-arns.ts';
import { functionPlatform } from './function-platform.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** The invoker looks at uploads, keeps the ledger, starts transcoders and tells of what happened. */
export function invokerPermissions(arns: StackArns): PolicyDocument {
  return policyDocument(
    {
      Sid: 'ReadUploads',
      Effect: 'Allow',
      // Without a version for what the sweep finds by listing.
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: [arns.uploads],
    },
    {
      Sid: 'ListUploads',
      Effect: 'Allow',
      // The sweep lists them; without it S3 also answers 403 instead of 404 for an object that is gone.
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
      Sid: 'RemoveOldVersions',
      Effect: 'Allow',
      Action: ['s3:DeleteObject'],
      Resource: [arns.versions],
    },
    {
      Sid: 'KeepLedger',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
      Resource: [arns.jobsTable],
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
      Sid: 'FollowTranscoders',
      Effect: 'Allow',
      Action: ['ecs:DescribeTasks', 'ecs:StopTask'],
      Resource: [arns.tasks],
      Condition: { ArnEquals: { 'ecs:cluster': arns.cluster } },
    },
    {
      Sid: 'GiveTranscodersTheirRoles',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [arns.role('worker'), arns.role('execution')],
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
    {
      Sid: 'RemindItself',
      Effect: 'Allow',
      Action: ['sqs:SendMessage'],
      Resource: [arns.controlQueue],
    },
    {
      Sid: 'TellOfJobs',
      Effect: 'Allow',
      Action: ['events:PutEvents'],
      Resource: [arns.eventBus],
    },
    ...functionPlatform(arns.invoker, arns.invokerLogs),
  );
}
