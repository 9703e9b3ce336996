import type { AwsService } from '../control-plane/aws-service.ts';
import type { DataLayout } from '../data-directory/data-layout.ts';
import type { EventBus } from '../eventbridge/create-event-bus.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import type { Topology } from '../topology.ts';
import { createEcsService } from './create-ecs-service.ts';
import { createTaskRunner, type TaskRunner } from './create-task-runner.ts';
import { openTaskStore } from './open-task-store.ts';
import type { TaskRecord } from './task-record.ts';
import { taskStateChange } from './task-state-change.ts';

/** The ECS of a local cloud. */
export interface LocalEcs {
  readonly service: AwsService;
  readonly runner: TaskRunner;
  /** The response of the metadata endpoint of a container, by the path after `metadataPath`. */
  readonly metadataOf: (path: string) => JsonObject | undefined;
}

export interface EcsDependencies {
  readonly topology: Topology;
  readonly layout: DataLayout;
  readonly controlPlaneUrl: string;
  /** The environment variables of the task definition. */
  readonly environmentOf: (scratchDirectory: string) => Readonly<Record<string, string>>;
  readonly bus: EventBus;
  readonly nowMilliseconds: () => number;
  readonly log: (line: string) => void;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate.html */
export const metadataPath = '/v4/';

export function openEcs(dependencies: EcsDependencies): LocalEcs {
  const { topology, layout, controlPlaneUrl, bus, nowMilliseconds, log } = dependencies;
  const store = openTaskStore(layout.tasks);
  const runner = createTaskRunner({
    store,
    definition: topology.taskDefinition,
    scratchDirectory: layout.scratch,
    logDirectory: layout.logs,
    environmentOf: (task, scratchDirectory) => ({
      ...dependencies.environmentOf(scratchDirectory),
      ...environmentOverrides(task),
      TMPDIR: scratchDirectory,
      ECS_CONTAINER_METADATA_URI_V4: `${controlPlaneUrl}${metadataPath}${task.taskId}`,
    }),
    publish: async (task) => {
      await bus.publish(taskStateChange(task, nowMilliseconds()));
    },
    nowMilliseconds,
    log,
  });
  return {
    service: createEcsService({ topology, store, runner, nowMilliseconds }),
    runner,
    metadataOf: (path) => {
      const [taskId = '', rest] = path.split('/');
      const task = rest === 'task' ? store.find(taskId) : undefined;
      return task && describeMetadata(task, topology);
    },
  };
}

function environmentOverrides(task: TaskRecord): Record<string, string> {
  const containers = task.overrides.containerOverrides;
  const given = Array.isArray(containers) ? containers.flatMap((one) => one?.environment ?? []) : [];
  return Object.fromEntries(
    given.filter(isJsonObject).map((variable) => [String(variable.name), String(variable.value ?? '')]),
  );
}

function describeMetadata(task: TaskRecord, { cluster, taskDefinition }: Topology): JsonObject {
  return {
    Cluster: cluster,
    TaskARN: task.taskArn,
    Family: taskDefinition.family,
    Revision: String(taskDefinition.revision),
    DesiredStatus: task.desiredStatus,
    KnownStatus: task.lastStatus,
    Limits: { CPU: Number(task.cpu) / 1024, Memory: Number(task.memory) },
    LaunchType: 'FARGATE',
  };
}
