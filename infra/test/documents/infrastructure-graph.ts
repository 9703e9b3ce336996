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

/** The resource types in the graph, with their labels. */
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

/** IAM actions that are drawn as arrows. `towardsActor` reverses the arrow: data that is read flows to the reader. */
const arrows: Readonly<Record<string, { label: string; towardsActor?: boolean }>> = {
  'lambda:InvokeFunction': { label: 'calls' },
  'ecs:RunTask': { label: 'starts' },
  's3:GetObjectVersion': { label: 'is read by', towardsActor: true },
  's3:PutObject': { label: 'stores' },
  'dynamodb:UpdateItem': { label: 'updates' },
  'events:PutEvents': { label: 'publishes job events' },
  'sqs:SendMessage': { label: 'sends messages' },
  'ecr:BatchGetImage': { label: 'is pulled by', towardsActor: true },
};

/** Finds nodes by ARN, or by kind and name; null if the resource is not drawn. */
interface NodeIndex {
  readonly byArn: (arn: unknown) => string | null;
  readonly byName: (kind: string, name: unknown) => string | null;
}

/** The graph of a recorded stack: nodes are resources, arrows are event sources, targets and permissions. */
export function infrastructureGraph({ resources }: Recording): Graph {
  // Resources are registered in parallel; sorting makes the output stable.
  const ordered = [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const shown = Object.keys(kinds).flatMap((type) => ordered.filter((resource) => resource.type === type));
  const index = createNodeIndex(shown);
  const policies = ordered.filter(({ type }) => type === 'aws:iam/rolePolicy:RolePolicy');
  const edges = [
    ...ordered.flatMap((resource) => connections(resource, index)),
    ...policies.flatMap((policy) => permissionEdges(policy, actorOf(policy, shown), index)),
  ].flatMap(({ from, to, label }) => (from && to ? [{ from, to, label }] : []));
  const nodes = shown.map((resource) => ({
    id: idOf(resource),
    kind: kinds[resource.type] ?? '',
    name: nameOf(resource).replace(/-dev(-\d+-[\w-]+)?$/, ''),
  }));
  // Nodes without edges are left out: the topic of the alarms.
  return { nodes: nodes.filter(({ id }) => edges.some(({ from, to }) => from === id || to === id)), edges };
}

type PartialEdge = { from: string | null; to: string | null; label: string };

/** Edges that a resource defines by itself, such as a notification or an event target. */
function connections(resource: RecordedResource, { byArn, byName }: NodeIndex): PartialEdge[] {
  const { type, inputs } = resource;
  switch (type) {
    case 'aws:s3/bucketNotification:BucketNotification':
      return (inputs.queues as { queueArn: string }[]).map(({ queueArn }) => ({
        from: byName('Bucket', inputs.bucket),
        to: byArn(queueArn),
        label: 'sends upload events',
      }));
    case 'aws:sqs/queue:Queue': {
      if (inputs.redrivePolicy === undefined) return [];
      const redrive = parseInput(resource, 'redrivePolicy') as Record<string, string>;
      const label = `after ${redrive.maxReceiveCount} tries`;
      return [{ from: idOf(resource), to: byArn(redrive.deadLetterTargetArn), label }];
    }
    case 'aws:lambda/eventSourceMapping:EventSourceMapping': {
      const label = `up to ${inputs.batchSize} per batch`;
      return [{ from: byArn(inputs.eventSourceArn), to: byName('Function', inputs.functionName), label }];
    }
    case 'aws:cloudwatch/eventRule:EventRule': {
      const { source } = parseInput(resource, 'eventPattern') as { source: string[] };
      const isTaskEvent = source.includes('aws.ecs');
      const from = isTaskEvent
        ? 'TaskDefinition_fyrestream_transcoder'
        : byName('EventBus', inputs.eventBusName);
      return [{ from, to: idOf(resource), label: isTaskEvent ? 'stops' : '' }];
    }
    case 'aws:cloudwatch/eventTarget:EventTarget':
      return [
        { from: byName('EventRule', inputs.rule), to: byArn(inputs.arn), label: '' },
        {
          from: byName('EventRule', inputs.rule),
          to: byArn((inputs.deadLetterConfig as { arn: string } | undefined)?.arn),
          label: 'if not delivered',
        },
      ];
    default:
      return [];
  }
}

/** The node that assumes the role of a policy. */
function actorOf(policy: RecordedResource, shown: readonly RecordedResource[]): string | null {
  const role = `:role/${String(policy.inputs.role)}`;
  const actor = shown.find(({ inputs }) => {
    const target = inputs.target as { roleArn?: string } | undefined;
    const roles = [inputs.role, inputs.taskRoleArn, inputs.executionRoleArn, target?.roleArn];
    return roles.some((arn) => String(arn).endsWith(role));
  });
  return actor ? idOf(actor) : null;
}

function permissionEdges(
  policy: RecordedResource,
  actor: string | null,
  { byArn }: NodeIndex,
): PartialEdge[] {
  const { Statement } = parseInput(policy, 'policy') as PolicyDocument;
  const edges = Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => {
      const arrow = arrows[action];
      if (arrow === undefined) return [];
      const { label, towardsActor } = arrow;
      return Resource.map((arn) =>
        towardsActor ? { from: byArn(arn), to: actor, label } : { from: actor, to: byArn(arn), label },
      );
    }),
  );
  const key = ({ from, to, label }: PartialEdge) => `${from} ${to} ${label}`;
  return edges.filter((edge, index) => edges.findIndex((other) => key(other) === key(edge)) === index);
}

function createNodeIndex(shown: readonly RecordedResource[]): NodeIndex {
  const cloud = createFakeCloud('us-east-1');
  const arns = shown.flatMap((resource) => {
    const { arn } = cloud.create(resource).outputs;
    // Policies name a task definition without its revision.
    return typeof arn === 'string' ? [[arn.replace(/(task-definition\/.+):\d+$/, '$1'), idOf(resource)]] : [];
  });
  const ids = new Map(shown.map((resource) => [`${kindOf(resource)} ${nameOf(resource)}`, idOf(resource)]));
  return {
    byArn: (arn) => {
      const wanted = String(arn);
      const found = arns.find(
        ([known]) => wanted === known || wanted.startsWith(`${known}/`) || wanted.startsWith(`${known}:`),
      );
      return found?.[1] ?? null;
    },
    byName: (kind, name) => ids.get(`${kind} ${String(name)}`) ?? null,
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
