import type { StackArns } from '../names/stack-arns.ts';
import { denyInsecureTransport } from './deny-insecure-transport.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Policy of the source bucket. The roles of the stack get access by their own policies. */
export function sourceBucketPolicy(arns: StackArns): PolicyDocument {
  return policyDocument(denyInsecureTransport('s3', [arns.sourceBucket, `${arns.sourceBucket}/*`]));
}

/** Policy of the output bucket. CloudFront, if used, can read published outputs but no intermediate files. */
export function outputBucketPolicy(arns: StackArns, distributionArn?: string): PolicyDocument {
  const encrypted = denyInsecureTransport('s3', [arns.outputBucket, `${arns.outputBucket}/*`]);
  if (distributionArn === undefined) return policyDocument(encrypted);
  return policyDocument(
    {
      Sid: 'DistributionReadsOutputs',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: ['s3:GetObject'],
      Resource: [arns.outputs, arns.versions],
      Condition: { StringEquals: { 'aws:SourceArn': distributionArn } },
    },
    encrypted,
  );
}
