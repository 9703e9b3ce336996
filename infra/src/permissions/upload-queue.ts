import type { StackArns } from '../names/stack-arns.ts';
import { onlyEncrypted } from './only-encrypted.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** The source bucket, and no other of any account, announces its uploads. */
export function uploadQueuePolicy(arns: StackArns, accountId: string): PolicyDocument {
  return policyDocument(
    {
      Sid: 'SourceBucketAnnounces',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: ['sqs:SendMessage'],
      Resource: [arns.uploadQueue],
      Condition: {
        ArnEquals: { 'aws:SourceArn': arns.sourceBucket },
        // The name of a bucket can pass to somebody else, the account cannot.
        StringEquals: { 'aws:SourceAccount': accountId },
      },
    },
    onlyEncrypted('sqs', [arns.uploadQueue]),
  );
}
