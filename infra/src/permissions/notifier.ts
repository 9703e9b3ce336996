import type { Settings } from '@fyrestream/events';
import type { StackArns } from '../names/stack-arns.ts';
import { lambdaServiceStatements, receiveStatement } from './lambda-service.ts';
import { ofEndpoints } from './of-endpoints.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/**
 * Permissions of the notifier: reads the secrets of the endpoints, keeps their states, and sends one message per endpoint to
 * its own queue, from which Lambda receives in its role.
 */
export function notifierPermissions(
  arns: StackArns,
  { webhooks }: Pick<Settings, 'webhooks'>,
  network: Settings['network'],
): PolicyDocument {
  return policyDocument(
    receiveStatement([arns.webhookQueue]),
    {
      Sid: 'SendDeliveries',
      Effect: 'Allow',
      // What is for a disabled endpoint goes to the dead-letter queue.
      Action: ['sqs:SendMessage'],
      Resource: [arns.webhookQueue, arns.webhookDeadLetters],
    },
    {
      Sid: 'ReadSecrets',
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: Object.keys(webhooks).map(arns.webhookSecret),
    },
    {
      Sid: 'KeepStatesOfEndpoints',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      Resource: [arns.jobsTable],
      Condition: ofEndpoints(webhooks),
    },
    ...lambdaServiceStatements(network, arns.notifier, arns.notifierLogs),
  );
}
