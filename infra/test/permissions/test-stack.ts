import { createStackArns } from '../../src/names/stack-arns.ts';
import { createStackNames } from '../../src/names/stack-names.ts';
import { apiPermissions } from '../../src/permissions/api.ts';
import { executionPermissions } from '../../src/permissions/execution.ts';
import { invokerPermissions } from '../../src/permissions/invoker.ts';
import { notifierPermissions } from '../../src/permissions/notifier.ts';
import { pollerPermissions } from '../../src/permissions/poller.ts';
import { sweepSchedulePermissions } from '../../src/permissions/sweep-schedule.ts';
import { workerPermissions } from '../../src/permissions/worker.ts';
import { accountId } from '../recording/fake-cloud.ts';

const location = { stack: 'dev', accountId, region: 'us-east-1', partition: 'aws' };

export const names = createStackNames(location, { sourceBucketName: undefined, outputBucketName: undefined });
export const arns = createStackArns(location, names);

const privateNetwork = { network: 'private' } as const;

/** Policies of the roles in the stack `dev`. The test of the stack checks that it attaches exactly these. */
export const rolePermissions = {
  poller: pollerPermissions(arns, privateNetwork),
  invoker: invokerPermissions(arns, privateNetwork),
  notifier: notifierPermissions(arns, { webhooks: { studio: { url: 'https://example.com' } } }, 'private'),
  worker: workerPermissions(arns),
  api: apiPermissions(arns, {
    ...privateNetwork,
    webhooks: { studio: { url: 'https://studio.example.com' } },
  }),
  execution: executionPermissions(arns),
  sweep: sweepSchedulePermissions(arns),
};
export type RoleName = keyof typeof rolePermissions;

/** Translates an ARN of the local cloud into the stack `dev`. */
export function toStackArn(localArn: string): string {
  return (
    localArn
      .replace('fyrestream-videos-local', names.sourceBucket)
      .replace('fyrestream-transcoded-local', names.outputBucket)
      // Six characters that Secrets Manager adds to a name.
      .replace(/(:secret:.+)-local0$/, '$1-AbCdEf')
      .replaceAll('-local', '-dev')
      .replace(':000000000000:', `:${accountId}:`)
      .replace(/\/\*$/, '/some/object.mp4')
  );
}

/** Condition keys that AWS adds to a request. */
export function conditionContext(action: string, role: RoleName): Record<string, string | string[]> {
  const isAboutEndpoints = role === 'notifier' || (role === 'api' && action === 'dynamodb:DeleteItem');
  if (isAboutEndpoints && action.startsWith('dynamodb:'))
    return { 'dynamodb:LeadingKeys': ['webhook#studio'] };
  if (action === 'iam:PassRole') return { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
  if (action === 'dynamodb:DeleteItem') return { 'dynamodb:LeadingKeys': ['line'] };
  if (action === 'ecs:TagResource') return { 'ecs:CreateAction': 'RunTask' };
  if (action.startsWith('ecs:')) return { 'ecs:cluster': arns.cluster };
  return {};
}
