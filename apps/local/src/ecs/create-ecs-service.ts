import { randomUUID } from 'node:crypto';
import { arn } from '../arn.ts';
import { AwsError } from '../control-plane/aws-error.ts';
import type { AwsService, Permission } from '../control-plane/aws-service.ts';
import { createJsonService } from '../control-plane/json-service.ts';
import type { JsonObject } from '../json-value.ts';
import type { Topology } from '../topology.ts';
import type { TaskRunner } from './create-task-runner.ts';
import { describeTask } from './describe-task.ts';
import { listTasks } from './list-tasks.ts';
import type { TaskStore } from './open-task-store.ts';
import { type RunTaskRequest, readRunTaskRequest, requireCluster } from './run-task-request.ts';
import type { TaskRecord } from './task-record.ts';

export interface EcsServiceDependencies {
  readonly topology: Topology;
  readonly store: TaskStore;
  readonly runner: TaskRunner;
  readonly nowMilliseconds: () => number;
}

/** A client token is valid for 24 hours: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html */
const tokenLifetimeMilliseconds = 24 * 3600 * 1000;
/** "Stopped tasks appear in the returned results for at least one hour": API_DescribeTasks. */
const stoppedTaskLifetimeMilliseconds = 3600 * 1000;
const capacityReason =
  'Capacity is unavailable at this time. Please try again later or in a different availability zone';

/** The ECS API: RunTask, DescribeTasks, ListTasks and StopTask for one cluster and one task definition. */
export function createEcsService(dependencies: EcsServiceDependencies): AwsService {
  const { topology } = dependencies;
  return createJsonService('ecs', 'AmazonEC2ContainerServiceV20141113', {
    RunTask: {
      permissions: (input) => runTaskPermissions(topology, input),
      run: (input) => runTask(dependencies, input),
    },
    DescribeTasks: {
      permissions: (input) =>
        taskIdsOf(input.tasks).map((id) => taskPermission('DescribeTasks', topology, id)),
      run: (input) => describeTasks(dependencies, input),
    },
    ListTasks: {
      // Fargate tasks have no container instance, which is the only resource of ListTasks.
      permissions: () => [{ action: 'ecs:ListTasks', resource: '*' }],
      run: (input) => {
        requireCluster(input.cluster, topology.cluster);
        return listTasks(visibleTasks(dependencies), input);
      },
    },
    StopTask: {
      permissions: (input) => taskIdsOf([input.task]).map((id) => taskPermission('StopTask', topology, id)),
      run: (input) => stopTask(dependencies, input),
    },
  });
}

function runTask(
  { topology, store, runner, nowMilliseconds }: EcsServiceDependencies,
  input: JsonObject,
): JsonObject {
  const request = readRunTaskRequest(input, topology);
  store.removeEndedBefore(nowMilliseconds() - tokenLifetimeMilliseconds);
  const known = store
    .all()
    .find((task) => request.clientToken !== null && task.clientToken === request.clientToken);
  if (known !== undefined) {
    if (known.requestFingerprint !== request.fingerprint) throw conflict(known);
    return { tasks: [toApi(known)], failures: [] };
  }
  const running = store.all().filter((task) => task.lastStatus !== 'STOPPED').length;
  if (running >= topology.maxRunningTasks) {
    // Fargate responds with 200 and no task.
    return { tasks: [], failures: [{ reason: capacityReason }] };
  }
  const task = createTask(topology, request, nowMilliseconds());
  store.save(task);
  runner.start(task);
  return { tasks: [toApi(task)], failures: [] };
}

function describeTasks(dependencies: EcsServiceDependencies, input: JsonObject): JsonObject {
  requireCluster(input.cluster, dependencies.topology.cluster);
  const ids = taskIdsOf(input.tasks);
  if (ids.length === 0) throw new AwsError('InvalidParameterException', 'Tasks cannot be empty.');
  if (ids.length > 100)
    throw new AwsError('InvalidParameterException', 'Tasks cannot have more than 100 elements.');
  const visible = new Map(visibleTasks(dependencies).map((task) => [task.taskId, task]));
  return {
    tasks: ids.flatMap((id) => visible.get(id) ?? []).map(toApi),
    failures: ids
      .filter((id) => !visible.has(id))
      .map((id) => ({ arn: arn.task(dependencies.topology.cluster, id), reason: 'MISSING' })),
  };
}

function stopTask({ topology, store, runner }: EcsServiceDependencies, input: JsonObject): JsonObject {
  requireCluster(input.cluster, topology.cluster);
  const [id = ''] = taskIdsOf([input.task]);
  const task = store.find(id);
  if (task === undefined)
    throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
  const reason = typeof input.reason === 'string' ? input.reason : 'Task stopped by user';
  return { task: toApi(runner.requestStop(task, 'UserInitiated', reason)) };
}

function createTask(topology: Topology, request: RunTaskRequest, createdAt: number): TaskRecord {
  const { family, revision, containerName } = topology.taskDefinition;
  const taskId = randomUUID().replaceAll('-', '');
  const { fingerprint, ...fields } = request;
  return {
    ...fields,
    requestFingerprint: fingerprint,
    taskId,
    taskArn: arn.task(topology.cluster, taskId),
    containerArn: arn.container(topology.cluster, taskId, randomUUID()),
    clusterArn: arn.cluster(topology.cluster),
    taskDefinitionArn: arn.taskDefinition(family, revision),
    containerName,
    group: request.group ?? `family:${family}`,
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    version: 1,
    createdAt,
    startedAt: null,
    stoppingAt: null,
    executionStoppedAt: null,
    stoppedAt: null,
    stopCode: null,
    stoppedReason: null,
    exitCode: null,
    containerReason: null,
    process: null,
    endAnnounced: false,
  };
}

function visibleTasks({ store, nowMilliseconds }: EcsServiceDependencies): readonly TaskRecord[] {
  const oldest = nowMilliseconds() - stoppedTaskLifetimeMilliseconds;
  return store.all().filter((task) => task.stoppedAt === null || task.stoppedAt >= oldest);
}

function toApi(task: TaskRecord): JsonObject {
  return { ...describeTask(task, (milliseconds) => milliseconds / 1000), tags: task.tags };
}

/** The ids of tasks that are named by ARN or by id. */
function taskIdsOf(tasks: unknown): string[] {
  return Array.isArray(tasks)
    ? tasks.filter((task) => typeof task === 'string').map((task) => task.split('/').at(-1) ?? task)
    : [];
}

/** RunTask passes roles to the task, so the caller also needs iam:PassRole; and ecs:TagResource where the task gets tags. */
function runTaskPermissions(topology: Topology, { propagateTags, tags }: JsonObject): Permission[] {
  const { taskDefinition } = topology;
  const isTagged = propagateTags === 'TASK_DEFINITION' || (Array.isArray(tags) && tags.length > 0);
  return [
    ...(isTagged ? [taskPermission('TagResource', topology, '*')] : []),
    { action: 'ecs:RunTask', resource: arn.taskDefinition(taskDefinition.family, taskDefinition.revision) },
    { action: 'iam:PassRole', resource: arn.role('fyrestream-worker-local') },
    { action: 'iam:PassRole', resource: arn.role('fyrestream-execution-local') },
  ];
}

function taskPermission(operation: string, topology: Topology, taskId: string): Permission {
  return { action: `ecs:${operation}`, resource: arn.task(topology.cluster, taskId) };
}

function conflict(task: TaskRecord): AwsError {
  return new AwsError(
    'ConflictException',
    'The RunTask request could not be processed due to conflicts. The provided clientToken is already in use with a different RunTask request.',
    400,
    { resourceIds: [task.taskArn] },
  );
}
