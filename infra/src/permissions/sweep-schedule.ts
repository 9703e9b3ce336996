import type { StackArns } from '../names/stack-arns.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Permissions of the schedule, which sends sweep requests to the control queue. */
export function sweepSchedulePermissions(arns: StackArns): PolicyDocument {
  return policyDocument({
    Sid: 'RequestSweeps',
    Effect: 'Allow',
    Action: ['sqs:SendMessage'],
    Resource: [arns.controlQueue],
  });
}
