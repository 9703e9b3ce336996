import { expect, it } from 'vitest';
import { isAllowed } from '../permissions/is-allowed.ts';
import { accountId } from '../recording/fake-cloud.ts';
import { deployGrants } from './deploy-grants.ts';
import { deployPolicy } from './deploy-policy.ts';

const text = JSON.stringify(deployPolicy(Object.keys(deployGrants)));
const identity = JSON.parse(text.replaceAll('ACCOUNT', accountId));
const principal = `arn:aws:iam::${accountId}:user/deployer`;
const allowed = (action: string, resource: string) =>
  isAllowed({ principal, action, resource }, { identity });

it('fits into the inline policies of a role, which hold 10,240 characters', () => {
  expect(text.length).toBeLessThan(10_240);
});

it.each([
  ['s3:TagResource', 'arn:aws:s3:::fyrestream-videos-prod-1-eu-central-1'],
  ['s3:PutBucketNotification', 'arn:aws:s3:::fyrestream-videos-prod-1-eu-central-1'],
  ['s3:PutBucketPublicAccessBlock', 'arn:aws:s3:::fyrestream-transcoded-prod-1-eu-central-1'],
  ['sqs:SetQueueAttributes', `arn:aws:sqs:eu-central-1:${accountId}:fyrestream-sqs-prod`],
  ['lambda:CreateFunction', `arn:aws:lambda:us-east-1:${accountId}:function:fyrestream-sqs-poller-dev`],
  ['lambda:UpdateEventSourceMapping', `arn:aws:lambda:us-east-1:${accountId}:event-source-mapping:1-2`],
  ['iam:PassRole', `arn:aws:iam::${accountId}:role/fyrestream-worker-dev`],
  ['iam:PutRolePolicy', `arn:aws:iam::${accountId}:role/fyrestream-worker-dev`],
  [
    'events:PutTargets',
    `arn:aws:events:us-east-1:${accountId}:rule/fyrestream-dev/fyrestream-job-failed-dev`,
  ],
  ['ecr:PutImage', `arn:aws:ecr:us-east-1:${accountId}:repository/fyrestream-transcoder-dev`],
  [
    'scheduler:CreateSchedule',
    `arn:aws:scheduler:us-east-1:${accountId}:schedule/default/fyrestream-sweep-dev`,
  ],
  ['dynamodb:CreateTable', `arn:aws:dynamodb:us-east-1:${accountId}:table/fyrestream-jobs-dev`],
  ['ec2:CreateVpc', `arn:aws:ec2:us-east-1:${accountId}:vpc/vpc-1`],
  ['logs:PutRetentionPolicy', `arn:aws:logs:us-east-1:${accountId}:log-group:/ecs/fyrestream-transcoder-dev`],
  ['ecs:CreateCluster', `arn:aws:ecs:us-east-1:${accountId}:cluster/fyrestream-dev`],
  ['budgets:ModifyBudget', `arn:aws:budgets::${accountId}:budget/fyrestream-spending-dev`],
])('allows the deploying identity %s on %s', async (action, resource) => {
  expect(await allowed(action, resource)).toBe(true);
});

it.each([
  ['s3:DeleteBucket', 'arn:aws:s3:::backups'],
  ['s3:GetObject', 'arn:aws:s3:::fyrestream-videos-prod-1-eu-central-1/videos/a.mp4'],
  ['sqs:DeleteQueue', `arn:aws:sqs:us-east-1:${accountId}:orders`],
  ['lambda:UpdateFunctionCode', `arn:aws:lambda:us-east-1:${accountId}:function:billing`],
  ['iam:PassRole', `arn:aws:iam::${accountId}:role/administrator`],
  ['iam:PutRolePolicy', `arn:aws:iam::${accountId}:role/administrator`],
  ['iam:CreateUser', `arn:aws:iam::${accountId}:user/somebody`],
  ['dynamodb:DeleteTable', `arn:aws:dynamodb:us-east-1:${accountId}:table/customers`],
  ['dynamodb:GetItem', `arn:aws:dynamodb:us-east-1:${accountId}:table/fyrestream-jobs-dev`],
])('does not allow the deploying identity %s on %s', async (action, resource) => {
  expect(await allowed(action, resource)).toBe(false);
});

it('names only actions that IAM knows', async () => {
  const unknown: string[] = [];
  for (const { Action, Resource } of identity.Statement) {
    for (const action of (Action as string[]).filter((name) => !name.endsWith('*'))) {
      const resource = String(Resource[0]).replaceAll('*', 'x');
      await allowed(action, resource === 'x' ? '*' : resource).catch((error: Error) => {
        if (/action/i.test(error.message.split(': ').slice(1).join(': '))) unknown.push(`${error.message}`);
      });
    }
  }
  expect(unknown).toEqual([]);
});
