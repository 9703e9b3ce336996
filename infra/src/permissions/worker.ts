import type { StackArns } from '../names/stack-arns.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** The worker reads its upload, writes below `work/` and `outputs/`, keeps the ledger and tells of its job. */
export function workerPermissions(arns: StackArns): PolicyDocument {
  return policyDocument(
    {
      Sid: 'ReadUploads',
      Effect: 'Allow',
      // Without a version for what was uploaded before the bucket had versions.
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: [arns.uploads],
    },
    {
      Sid: 'StoreOutputs',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
      Resource: [arns.outputs, arns.work],
    },
    {
      Sid: 'SeeWhatIsMissing',
      Effect: 'Allow',
      // Without it S3 answers 403 for an object that is not there; units are found by listing too.
      Action: ['s3:ListBucket'],
      Resource: [arns.sourceBucket, arns.outputBucket],
    },
    {
      Sid: 'KeepLedger',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
      Resource: [arns.jobsTable],
    },
    {
      Sid: 'TellOfJobs',
      Effect: 'Allow',
      Action: ['events:PutEvents'],
      Resource: [arns.eventBus],
    },
  );
}
