import { describe, expect, it } from 'vitest';
import { isAllowed } from './is-allowed.ts';
import { readRecordedCalls } from './recorded-call.ts';
import { arns, conditionContext, names, type RoleName, rolePermissions, toStackArn } from './test-stack.ts';

/**
 * An IAM simulator checks the permissions of each role against calls that were recorded in the local cloud
 * (`record-calls.ts`). Calls that no recorded run makes are listed below, each with its reason.
 */
interface Call {
  readonly role: RoleName;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
}

const recorded: Call[] = readRecordedCalls()
  .filter(({ principal }) => principal in rolePermissions)
  .map(({ principal, action, resource }) => ({
    role: principal as RoleName,
    action,
    resource: toStackArn(resource),
  }));

/** Calls that AWS services make with a role, and calls in rare situations. */
const unrecorded: (Call & { why: string })[] = [
  {
    role: 'notifier',
    action: 'sqs:GetQueueAttributes',
    resource: arns.webhookQueue,
    why: 'Lambda, as the event source',
  },
  ...[arns.uploadQueue, arns.controlQueue].flatMap((resource) =>
    ['sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'].map((action) => ({
      role: 'poller' as const,
      action,
      resource,
      why: 'Lambda, as the event source',
    })),
  ),
  {
    role: 'invoker',
    action: 'dynamodb:UpdateItem',
    resource: arns.jobsTable,
    why: 'release of the claims of a dead worker',
  },
  {
    role: 'invoker',
    action: 'dynamodb:Query',
    resource: arns.jobsTable,
    why: 'the units of a job whose worker died',
  },
  {
    role: 'invoker',
    action: 'ecs:StopTask',
    resource: arns.tasks.replace('*', 'some/object.mp4'),
    why: 'a job that was cancelled',
  },
  {
    role: 'invoker',
    action: 's3:ListBucket',
    resource: arns.outputBucket,
    why: 'the files of a version that was replaced some days ago',
  },
  {
    role: 'invoker',
    action: 's3:DeleteObject',
    resource: `${arns.outputBucket}/versions/abcdefghijklmnopqrstuvwxyz/1/h264-240/init.mp4`,
    why: 'a version that was replaced some days ago',
  },
  {
    role: 'invoker',
    action: 's3:DeleteObject',
    resource: `${arns.outputBucket}/work/abcdefghijklmnopqrstuvwxyz/audio/1/1.m4s`,
    why: 'what a cancelled job stored',
  },
  {
    role: 'invoker',
    action: 's3:DeleteObject',
    resource: `${arns.outputBucket}/keys/abcdefghijklmnopqrstuvwxyz/1`,
    why: 'the key of a version that was replaced some days ago',
  },
  {
    role: 'worker',
    action: 's3:ListBucket',
    resource: arns.sourceBucket,
    why: 'a missing upload: S3 answers 404 only with this permission',
  },
  {
    role: 'worker',
    action: 'sqs:SendMessage',
    resource: arns.controlQueue,
    why: 'a video that several workers encode',
  },
  ...[arns.outputs, arns.versions, arns.work].map((prefix) => ({
    role: 'worker' as const,
    action: 's3:AbortMultipartUpload',
    resource: prefix.replace('*', 'a'),
    why: 'a worker that is stopped while it stores a large file',
  })),
  ...[arns.uploadDeadLetters, arns.controlDeadLetters, arns.webhookDeadLetters].flatMap((resource) =>
    ['sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'].map((action) => ({
      role: 'api' as const,
      action,
      resource,
      why: 'dead letters are shown, or sent back',
    })),
  ),
  ...[arns.uploadQueue, arns.controlQueue, arns.webhookQueue].map((resource) => ({
    role: 'api' as const,
    action: 'sqs:SendMessage',
    resource,
    why: 'dead letters are sent back',
  })),
  ...(['poller', 'invoker', 'notifier', 'api'] as const).flatMap((role) =>
    ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({
      role,
      action,
      resource: arns[`${role}Logs`].replace('*', 'log-stream:2026/01/01/[1]abc'),
      why: 'Lambda writes the log',
    })),
  ),
  ...(['poller', 'invoker', 'notifier', 'api'] as const).map((role) => ({
    role,
    action: 'ec2:CreateNetworkInterface',
    resource: 'arn:aws:ec2:us-east-1:123456789012:network-interface/eni-1',
    why: 'Lambda attaches the function to its subnets',
  })),
  ...(['logs:CreateLogStream', 'logs:PutLogEvents'] as const).map((action) => ({
    role: 'execution' as const,
    action,
    resource: arns.transcoderLogs.replace('*', 'log-stream:worker/fyrestream-transcoder/abc'),
    why: 'Fargate writes the log',
  })),
  { role: 'execution', action: 'ecr:GetAuthorizationToken', resource: '*', why: 'Fargate pulls the image' },
  ...['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'].map((action) => ({
    role: 'execution' as const,
    action,
    resource: arns.imageRepository,
    why: 'Fargate pulls the image',
  })),
  { role: 'sweep', action: 'sqs:SendMessage', resource: arns.controlQueue, why: 'the schedule' },
];

const made = [...recorded, ...unrecorded];

/** Calls that no role may make. */
const forbidden: (Omit<Call, 'role'> & { readonly except?: RoleName })[] = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::another-bucket/videos/a.mp4' },
  {
    action: 'secretsmanager:GetSecretValue',
    resource: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:fyrestream-webhook-prod/studio-AbCdEf',
  },
  {
    action: 'secretsmanager:GetSecretValue',
    resource: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:fyrestream-webhook-dev/another-AbCdEf',
  },
  {
    action: 'secretsmanager:PutSecretValue',
    resource: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:fyrestream-webhook-dev/studio-AbCdEf',
  },
  { action: 's3:PutObject', resource: `${arns.sourceBucket}/videos/a.mp4`, except: 'api' },
  { action: 's3:PutObject', resource: `${arns.sourceBucket}/elsewhere/a.mp4` },
  { action: 's3:DeleteObject', resource: `${arns.sourceBucket}/videos/a.mp4` },
  { action: 's3:DeleteObject', resource: `${arns.outputBucket}/outputs/a/master.m3u8` },
  // An upload with the name of a version.
  {
    action: 's3:DeleteObject',
    resource: `${arns.outputBucket}/outputs/a/abcdefghijklmnopqrstuvwxyz/1/master.m3u8`,
  },
  { action: 's3:PutObject', resource: `${arns.outputBucket}/elsewhere/a` },
  { action: 's3:GetObject', resource: `${arns.sourceBucket}/elsewhere/a` },
  // The keys of encrypted versions.
  { action: 's3:GetObject', resource: `${arns.outputBucket}/keys/abcdefghijklmnopqrstuvwxyz/1` },
  { action: 's3:PutBucketPolicy', resource: arns.outputBucket },
  { action: 's3:ListAllMyBuckets', resource: '*' },
  { action: 'dynamodb:DeleteTable', resource: arns.jobsTable },
  { action: 'dynamodb:Scan', resource: arns.jobsTable },
  { action: 'dynamodb:DeleteItem', resource: arns.jobsTable, context: {} },
  ...['job#abcdefghijklmnopqrstuvwxyz', 'output#videos/a.mp4', 'turn'].map((key) => ({
    action: 'dynamodb:DeleteItem',
    resource: arns.jobsTable,
    context: { 'dynamodb:LeadingKeys': ['line', key] },
  })),
  { action: 'dynamodb:GetItem', resource: arns.jobsTable.replace('-dev', '-prod') },
  { action: 'sqs:PurgeQueue', resource: arns.uploadQueue },
  { action: 'sqs:SendMessage', resource: arns.uploadQueue, except: 'api' },
  { action: 'sqs:ReceiveMessage', resource: arns.uploadDeadLetters, except: 'api' },
  { action: 'lambda:UpdateFunctionCode', resource: arns.invoker },
  { action: 'lambda:InvokeFunction', resource: arns.poller },
  { action: 'ecs:RegisterTaskDefinition', resource: '*' },
  {
    action: 'ecs:TagResource',
    resource: arns.tasks.replace('*', 'abc'),
    context: { 'ecs:cluster': arns.cluster },
  },
  {
    action: 'ecs:RunTask',
    resource: arns.taskDefinition.replace('transcoder-dev:*', 'transcoder-prod:1'),
    context: { 'ecs:cluster': arns.cluster },
  },
  {
    action: 'ecs:RunTask',
    resource: arns.taskDefinition.replace('*', '1'),
    context: { 'ecs:cluster': arns.cluster.replace('-dev', '-prod') },
  },
  {
    action: 'iam:PassRole',
    resource: 'arn:aws:iam::123456789012:role/administrator',
    context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
  },
  {
    action: 'iam:PassRole',
    resource: arns.role('worker'),
    context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
  },
  { action: 'sts:AssumeRole', resource: arns.role('worker') },
  {
    action: 'secretsmanager:GetSecretValue',
    resource: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:any-AbCdEf',
  },
  { action: 'events:PutEvents', resource: arns.eventBus.replace(names.eventBus, 'default') },
];

const allowed = ({ role, action, resource, context }: Call) =>
  isAllowed(
    { principal: arns.role(role), action, resource, context: context ?? conditionContext(action, role) },
    { identity: rolePermissions[role] },
  );
const describeCall = ({ role, action, resource }: Call) => `${role} ${action} ${resource}`;

describe('permissions of roles', () => {
  it('were recorded from a run with calls of poller, invoker, notifier, worker and API', () => {
    expect(new Set(recorded.map(({ role }) => role))).toEqual(
      new Set(['poller', 'invoker', 'notifier', 'worker', 'api']),
    );
  });

  it.each(made.map((call) => [describeCall(call), call] as const))('allow %s', async (_title, call) => {
    expect(await allowed(call)).toBe(true);
  });

  it('deny every call of the other roles', async () => {
    const own = new Set(made.map(describeCall));
    const others = (Object.keys(rolePermissions) as RoleName[]).flatMap((role) =>
      made.map((call) => ({ ...call, role })).filter((call) => !own.has(describeCall(call))),
    );
    const unexpected: string[] = [];
    for (const call of others) if (await allowed(call)) unexpected.push(describeCall(call));
    expect(unexpected).toEqual([]);
    expect(others.length).toBeGreaterThan(100);
  });

  it.each((Object.keys(rolePermissions) as RoleName[]).map((role) => [role]))(
    'deny %s the calls that no role may make',
    async (role) => {
      const unexpected: string[] = [];
      for (const call of forbidden.filter(({ except }) => except !== role))
        if (await allowed({ ...call, role })) unexpected.push(describeCall({ ...call, role }));
      expect(unexpected).toEqual([]);
    },
  );

  it('deny the notifier every item of the ledger but those of its endpoints', async () => {
    const update = (key: string) =>
      allowed({
        role: 'notifier',
        action: 'dynamodb:UpdateItem',
        resource: arns.jobsTable,
        context: { 'dynamodb:LeadingKeys': [key] },
      });
    expect(await update('webhook#studio')).toBe(true);
    for (const key of ['webhook#another', 'job#abcdefghijklmnopqrstuvwxyz', 'line'])
      expect(await update(key)).toBe(false);
  });

  it('deny the code of a function the calls that attach it to subnets', async () => {
    const call = { role: 'poller' as const, action: 'ec2:CreateNetworkInterface' };
    const resource = 'arn:aws:ec2:us-east-1:123456789012:network-interface/eni-1';
    expect(await allowed({ ...call, resource, context: { 'lambda:SourceFunctionArn': arns.poller } })).toBe(
      false,
    );
  });
});

/** Statements with `Resource: *`, because their actions have no resource-level permissions. */
const wildcards = [
  'poller UseSubnets',
  'poller DenyUseByCode',
  'invoker FindForgottenTasks',
  'invoker UseSubnets',
  'invoker DenyUseByCode',
  'notifier UseSubnets',
  'notifier DenyUseByCode',
  'api UseSubnets',
  'api DenyUseByCode',
  'execution LogInToRegistry',
];

describe('wildcards', () => {
  const statements = Object.entries(rolePermissions).flatMap(([role, { Statement }]) =>
    Statement.map((statement) => ({ role, ...statement })),
  );

  it('are used for resources in these statements only', () => {
    const found = statements.filter(({ Resource }) => Resource.includes('*'));
    expect(found.map(({ role, Sid }) => `${role} ${Sid}`)).toEqual(wildcards);
  });

  it('are used in no action', () => {
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  });
});
