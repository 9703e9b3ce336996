import type { StackArns } from '../names/stack-arns.ts';
import { lambdaServiceStatements } from './lambda-service.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Permissions of the poller: calls the invoker; Lambda receives from both queues in its role. */
export function pollerPermissions(arns: StackArns): PolicyDocument {
  return policyDocument(
    {
      Sid: 'ReceiveMessages',
      Effect: 'Allow',
      Action: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ChangeMessageVisibility',
      ],
      Resource: [arns.uploadQueue, arns.controlQueue],
    },
    {
      Sid: 'CallInvoker',
      Effect: 'Allow',
      Action: ['lambda:InvokeFunction'],
      Resource: [arns.invoker],
    },
    ...lambdaServiceStatements(arns.poller, arns.pollerLogs),
  );
}
