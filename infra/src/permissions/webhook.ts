import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Lets EventBridge post job events to the webhook's API destination. */
export function webhookPermissions(destinationArn: string): PolicyDocument {
  return policyDocument({
    Sid: 'PostJobEvents',
    Effect: 'Allow',
    Action: ['events:InvokeApiDestination'],
    Resource: [destinationArn],
  });
}
