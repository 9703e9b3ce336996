import type { StackArns } from '../names/stack-arns.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** The schedule asks for a sweep over the control queue. */
export function sweepSchedulePermissions(arns: StackArns): PolicyDocument {
  return policyDocument({
    Sid: 'AskForSweep',
    Effect: 'Allow',
    Action: ['sqs:SendMessage'],
    Resource: [arns.controlQueue],
  });
}
