import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** EventBridge posts job events to the one destination of the stack. */
export function webhookPermissions(destinationArn: string): PolicyDocument {
  return policyDocument({
    Sid: 'PostJobEvents',
    Effect: 'Allow',
    Action: ['events:InvokeApiDestination'],
    Resource: [destinationArn],
  });
}
