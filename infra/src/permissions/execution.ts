import type { StackArns } from '../names/stack-arns.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** What Fargate does before the worker runs: pull its image, open its log. The worker has a role of its own. */
export function executionPermissions(arns: StackArns): PolicyDocument {
  return policyDocument(
    {
      Sid: 'LogInToRegistry',
      Effect: 'Allow',
      // The token is the account's; the action knows no resource.
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
