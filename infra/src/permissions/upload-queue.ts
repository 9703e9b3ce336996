import type { StackArns } from '../names/stack-arns.ts';
import { denyInsecureTransport } from './deny-insecure-transport.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Lets only the source bucket send its upload events. */
export function uploadQueuePolicy(arns: StackArns, accountId: string): PolicyDocument {
  return policyDocument(
    {
      Sid: 'SendUploadEvents',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: ['sqs:SendMessage'],
      Resource: [arns.uploadQueue],
      Condition: {
        ArnEquals: { 'aws:SourceArn': arns.sourceBucket },
        // Another account can take the name of a deleted bucket.
        StringEquals: { 'aws:SourceAccount': accountId },
      },
    },
    denyInsecureTransport('sqs', [arns.uploadQueue]),
  );
}
