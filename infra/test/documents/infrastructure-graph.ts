import type { PolicyDocument } from '../../src/permissions/policy-document.ts';
import { createFakeCloud } from '../recording/fake-cloud.ts';
import { parseInput } from '../recording/find-resource.ts';
import type { RecordedResource, Recording } from '../recording/recorded-resource.ts';

export interface GraphNode {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The resources that are shown, and what a person calls each kind. */
const kinds: Readonly<Record<string, string>> = {
  'aws:s3/bucket:Bucket': 'S3 bucket',
  'aws:sqs/queue:Queue': 'SQS queue',
  'aws:lambda/function:Function': 'Lambda function',
  'aws:dynamodb/table:Table': 'DynamoDB table',
  'aws:ecs/taskDefinition:TaskDefinition': 'Fargate task',
  'awsx:ecr:Repository': 'ECR repository',
  'aws:scheduler/schedule:Schedule': 'Schedule',
  'aws:cloudwatch/eventBus:EventBus': 'Event bus',
  'aws:cloudwatch/eventRule:EventRule': 'Rule',
  'aws:sns/topic:Topic': 'SNS topic',
};

/** Actions that are worth an arrow: its word, and whether it points to who acts, as what is read goes to its reader. */
const arrows: Readonly<Record<string, { label: string; towardsActor?: boolean }>> = {
  'lambda:InvokeFunction': { label: 'calls' },
  'ecs:RunTask': { label: 'starts' },
  's3:GetObjectVersion': { label: 'is read', towardsActor: true },
  's3:PutObject': { label: 'stores' },
  'dynamodb:UpdateItem': { label: 'keeps' },
  'events:PutEvents': { label: 'tells of jobs' },
  'sqs:SendMessage': { label: 'reminds' },
  'ecr:BatchGetImage': { label: 'is pulled', towardsActor: true },
};

/** Finds the node of what an ARN or a name within a kind speaks of; null for what is not shown. */
interface Directory {
  readonly at: (arn: unknown) => string | null;
  readonly named: (kind: string, name: unknown) => string | null;
}

/** What a stack is, drawn from what was recorded: every node is a resource, every arrow a wire or a permission. */
export function infrastructureGraph({ resources }: Recording): Graph {
  // The program registers side by side: only an order of our own is the same each time.
  const ordered = [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const shown = Object.keys(kinds).flatMap((type) => ordered.filter((resource) => resource.type === type));
  const directory = createDirectory(shown);
  const policies = ordered.filter(({ type }) => type === 'aws:iam/rolePolicy:RolePolicy');
  const edges = [
    ...ordered.flatMap((resource) => wires(resource, directory)),
    ...policies.flatMap((policy) => permitted(policy, holderOf(policy, shown), directory)),
  ].flatMap(({ from, to, label }) => (from && to ? [{ from, to, label }] : []));
  const nodes = shown.map((resource) => ({
    id: idOf(resource),
    kind: kinds[resource.type] ?? '',
    name: nameOf(resource).replace(/-dev(-\d+-[\w-]+)?$/, ''),
  }));
  // What alarms speak to hangs on all of them: it would only be in the way.
  return { nodes: nodes.filter(({ id }) => edges.some(({ from, to }) => from === id || to === id)), edges };
}

type OpenEdge = { from: string | null; to: string | null; label: string };

/** Arrows that a resource of its own makes. */
function wires(resource: RecordedResource, { at, named }: Directory): OpenEdge[] {
  const { type, inputs } = resource;
  switch (type) {
    case 'aws:s3/bucketNotification:BucketNotification':
      return (inputs.queues as { queueArn: string }[]).map(({ queueArn }) => ({
        from: named('Bucket', inputs.bucket),
        to: at(queueArn),
        label: 'announces',
      }));
    case 'aws:sqs/queue:Queue': {
      if (inputs.redrivePolicy === undefined) return [];
      const redrive = parseInput(resource, 'redrivePolicy') as Record<string, string>;
      const label = `after ${redrive.maxReceiveCount} tries`;
      return [{ from: idOf(resource), to: at(redrive.deadLetterTargetArn), label }];
    }
    case 'aws:lambda/eventSourceMapping:EventSourceMapping': {
      const label = `up to ${inputs.batchSize} at once`;
      return [{ from: at(inputs.eventSourceArn), to: named('Function', inputs.functionName), label }];
    }
    case 'aws:cloudwatch/eventRule:EventRule': {
      const { source } = parseInput(resource, 'eventPattern') as { source: string[] };
      const stops = source.includes('aws.ecs');
      const from = stops ? 'TaskDefinition_fyrestream_transcoder' : named('EventBus', inputs.eventBusName);
      return [{ from, to: idOf(resource), label: stops ? 'stops' : '' }];
    }
    case 'aws:cloudwatch/eventTarget:EventTarget':
      return [{ from: named('EventRule', inputs.rule), to: at(inputs.arn), label: '' }];
    default:
      return [];
  }
}

/** Who acts in the role of a policy. */
function holderOf(policy: RecordedResource, shown: readonly RecordedResource[]): string | null {
  const role = `:role/${String(policy.inputs.role)}`;
  const holder = shown.find(({ inputs }) => {
    const target = inputs.target as { roleArn?: string } | undefined;
    const roles = [inputs.role, inputs.taskRoleArn, inputs.executionRoleArn, target?.roleArn];
    return roles.some((arn) => String(arn).endsWith(role));
  });
  return holder ? idOf(holder) : null;
}

function permitted(policy: RecordedResource, actor: string | null, { at }: Directory): OpenEdge[] {
  const { Statement } = parseInput(policy, 'policy') as PolicyDocument;
  const edges = Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => {
      const arrow = arrows[action];
      if (arrow === undefined) return [];
      const { label, towardsActor } = arrow;
      return Resource.map((arn) =>
        towardsActor ? { from: at(arn), to: actor, label } : { from: actor, to: at(arn), label },
      );
    }),
  );
  const key = ({ from, to, label }: OpenEdge) => `${from} ${to} ${label}`;
  return edges.filter((edge, index) => edges.findIndex((other) => key(other) === key(edge)) === index);
}

function createDirectory(shown: readonly RecordedResource[]): Directory {
  const cloud = createFakeCloud('us-east-1');
  const arns = shown.flatMap((resource) => {
    const { arn } = cloud.create(resource).outputs;
    // A task definition is permitted in all of its revisions.
    return typeof arn === 'string' ? [[arn.replace(/(task-definition\/.+):\d+$/, '$1'), idOf(resource)]] : [];
  });
  const ids = new Map(shown.map((resource) => [`${kindOf(resource)} ${nameOf(resource)}`, idOf(resource)]));
  return {
    at: (arn) => {
      const place = String(arn);
      const found = arns.find(
        ([own]) => place === own || place.startsWith(`${own}/`) || place.startsWith(`${own}:`),
      );
      return found?.[1] ?? null;
    },
    named: (kind, name) => ids.get(`${kind} ${String(name)}`) ?? null,
  };
}

function idOf(resource: RecordedResource): string {
  return `${kindOf(resource)}_${resource.name}`.replaceAll(/\W/g, '_');
}

function kindOf({ type }: RecordedResource): string {
  return type.split(':').at(-1) ?? '';
}

function nameOf({ inputs, name }: RecordedResource): string {
  return String(inputs.name ?? inputs.bucket ?? inputs.family ?? name);
}
