import type { StackArns } from '../names/stack-arns.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Permissions of the worker: reads its upload, captions and audio beside it and the watermark of its profile, writes below `work/`, `versions/` and `outputs/`, and keys below `keys/`, updates the ledger, publishes job events, asks for more workers. */
export function workerPermissions(arns: StackArns): PolicyDocument {
  return policyDocument(
    {
      Sid: 'ReadUploads',
      Effect: 'Allow',
      // GetObject: whether an upload was deleted meanwhile; uploads from before the bucket had versioning.
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: [arns.uploads, arns.watermarks],
    },
    {
      Sid: 'StoreOutputs',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
      Resource: [arns.outputs, arns.versions, arns.work],
    },
    {
      Sid: 'StoreKeys',
      Effect: 'Allow',
      // Of encrypted versions. Nobody in the stack reads them.
      Action: ['s3:PutObject'],
      Resource: [arns.keys],
    },
    {
      Sid: 'ListBuckets',
      Effect: 'Allow',
      // Stored units, and captions and audio beside an upload, are found by listing. Without this permission S3 also answers 403 for a missing object.
      Action: ['s3:ListBucket'],
      Resource: [arns.sourceBucket, arns.outputBucket],
    },
    {
      Sid: 'UpdateLedger',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
      Resource: [arns.jobsTable],
    },
    {
      Sid: 'PublishJobEvents',
      Effect: 'Allow',
      Action: ['events:PutEvents'],
      Resource: [arns.eventBus],
    },
    {
      Sid: 'RequestWorkers',
      Effect: 'Allow',
      Action: ['sqs:SendMessage'],
      Resource: [arns.controlQueue],
    },
  );
}
