import type { Settings } from '@fyrestream/events';
import type { StackArns } from '../names/stack-arns.ts';
import { lambdaServiceStatements } from './lambda-service.ts';
import { ofEndpoints } from './of-endpoints.ts';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document.ts';

/**
 * Permissions of the API: what an operator does with a stack, except to delete videos and jobs. Presigned URLs have them too, so whoever has one may
 * send that part, or read that file.
 */
export function apiPermissions(
  arns: StackArns,
  { network, webhooks }: Pick<Settings, 'network' | 'webhooks'>,
): PolicyDocument {
  const hasWebhooks = Object.keys(webhooks).length > 0;
  return policyDocument(
    {
      Sid: 'ReceiveUploads',
      Effect: 'Allow',
      // GetObject: whether a completion whose answer was lost has succeeded.
      Action: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:GetObject'],
      Resource: [arns.uploads],
    },
    {
      Sid: 'ReadOutputsAndPlans',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: [arns.outputs, arns.versions, arns.work],
    },
    {
      Sid: 'ListBuckets',
      Effect: 'Allow',
      // The check of the stack lists them. Without this permission S3 also answers 403 for a missing object.
      Action: ['s3:ListBucket'],
      Resource: [arns.sourceBucket, arns.outputBucket],
    },
    {
      Sid: 'ReadAndChangeJobs',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
      Resource: [arns.jobsTable],
    },
    {
      Sid: 'FindJobs',
      Effect: 'Allow',
      Action: ['dynamodb:Query'],
      Resource: [arns.jobsByStatus],
    },
    {
      Sid: 'AskInvokerAndRedrive',
      Effect: 'Allow',
      Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes'],
      Resource: [arns.uploadQueue, arns.controlQueue, ...(hasWebhooks ? [arns.webhookQueue] : [])],
    },
    {
      Sid: 'ReadDeadLetters',
      Effect: 'Allow',
      Action: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:GetQueueAttributes',
      ],
      Resource: [
        ...[arns.uploadDeadLetters, arns.controlDeadLetters],
        ...(hasWebhooks ? [arns.webhookDeadLetters] : []),
      ],
    },
    ...(hasWebhooks ? [enableEndpoints(arns, webhooks)] : []),
    {
      Sid: 'ReadLogs',
      Effect: 'Allow',
      // Of one job, and the reasons of dead letters.
      Action: ['logs:FilterLogEvents'],
      Resource: [arns.pollerLogs, arns.invokerLogs, arns.transcoderLogs, arns.notifierLogs],
    },
    {
      Sid: 'StopTasksOfCancelledJobs',
      Effect: 'Allow',
      Action: ['ecs:StopTask'],
      Resource: [arns.tasks],
      Condition: { ArnEquals: { 'ecs:cluster': arns.cluster } },
    },
    ...lambdaServiceStatements(network, arns.api, arns.apiLogs),
  );
}

/** An endpoint that works has no item. */
function enableEndpoints({ jobsTable }: StackArns, webhooks: Settings['webhooks']): Statement {
  return {
    Sid: 'EnableEndpoints',
    Effect: 'Allow',
    Action: ['dynamodb:DeleteItem'],
    Resource: [jobsTable],
    Condition: ofEndpoints(webhooks),
  };
}
