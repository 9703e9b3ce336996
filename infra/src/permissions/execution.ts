import type { StackArns } from '../names/stack-arns.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Permissions of the task execution role: Fargate pulls the image and writes the log with it. The worker has another role. */
export function executionPermissions(arns: StackArns): PolicyDocument {
  return policyDocument(
    {
      Sid: 'LogInToRegistry',
      Effect: 'Allow',
      // The action supports no resource-level permissions.
      Action: ['ecr:GetAuthorizationToken'],
      Resource: ['*'],
    },
    {
      Sid: 'PullImage',
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: [arns.imageRepository],
    },
    {
      Sid: 'WriteLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [arns.transcoderLogs],
    },
  );
}
