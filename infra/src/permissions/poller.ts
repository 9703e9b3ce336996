import type { Settings } from '@fyrestream/events';
import type { StackArns } from '../names/stack-arns.ts';
import { lambdaServiceStatements, receiveStatement } from './lambda-service.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Permissions of the poller: calls the invoker; Lambda receives from both queues in its role. */
export function pollerPermissions(arns: StackArns, { network }: Pick<Settings, 'network'>): PolicyDocument {
  return policyDocument(
    receiveStatement([arns.uploadQueue, arns.controlQueue]),
    {
      Sid: 'CallInvoker',
      Effect: 'Allow',
      Action: ['lambda:InvokeFunction'],
      Resource: [arns.invoker],
    },
    ...lambdaServiceStatements(network, arns.poller, arns.pollerLogs),
  );
}
