import type { StackArns } from '../names/stack-arns.ts';
import { functionPlatform } from './function-platform.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** The poller calls the invoker; in its role Lambda takes messages from the two queues. */
export function pollerPermissions(arns: StackArns): PolicyDocument {
  return policyDocument(
    {
      Sid: 'TakeMessages',
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
    ...functionPlatform(arns.poller, arns.pollerLogs),
  );
}
