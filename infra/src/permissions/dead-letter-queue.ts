import { denyInsecureTransport } from './deny-insecure-transport.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** SQS needs no permission to move dead letters; operators use their own permissions. */
export function deadLetterQueuePolicy(queueArn: string): PolicyDocument {
  return policyDocument(denyInsecureTransport('sqs', [queueArn]));
}
