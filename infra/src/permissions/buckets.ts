import type { StackArns } from '../names/stack-arns.ts';
import { onlyEncrypted } from './only-encrypted.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Roles of the stack reach the source bucket by their own permissions. */
export function sourceBucketPolicy(arns: StackArns): PolicyDocument {
  return policyDocument(onlyEncrypted('s3', [arns.sourceBucket, `${arns.sourceBucket}/*`]));
}

/** With a distribution, CloudFront reads what is published; what workers leave for each other stays hidden. */
export function outputBucketPolicy(arns: StackArns, distributionArn?: string): PolicyDocument {
  const encrypted = onlyEncrypted('s3', [arns.outputBucket, `${arns.outputBucket}/*`]);
  if (distributionArn === undefined) return policyDocument(encrypted);
  return policyDocument(
    {
      Sid: 'DistributionReadsOutputs',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: ['s3:GetObject'],
      Resource: [arns.outputs],
      Condition: { StringEquals: { 'aws:SourceArn': distributionArn } },
    },
    encrypted,
  );
}
