import type { JsonObject } from '../json-value.ts';
import type { TaskRecord } from './task-record.ts';

/** Formats a time: seconds since 1970 in the API, ISO 8601 in events. */
type WriteTime = (milliseconds: number) => number | string;

/**
 * The JSON of a task in DescribeTasks and in the task state change event.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
 */
export function describeTask(task: TaskRecord, writeTime: WriteTime): JsonObject {
  const time = (name: string, milliseconds: number | null) =>
    milliseconds === null ? {} : { [name]: writeTime(milliseconds) };
  return {
    taskArn: task.taskArn,
    clusterArn: task.clusterArn,
    taskDefinitionArn: task.taskDefinitionArn,
    group: task.group,
    ...(task.startedBy !== null && { startedBy: task.startedBy }),
    launchType: 'FARGATE',
    ...(task.capacityProvider !== null && { capacityProviderName: task.capacityProvider }),
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    availabilityZone: 'us-east-1a',
    connectivity: 'CONNECTED',
    cpu: task.cpu,
    memory: task.memory,
    ephemeralStorage: { sizeInGiB: task.ephemeralStorageGiB },
    overrides: task.overrides,
    attachments: [],
    attributes: [],
    enableExecuteCommand: false,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    version: task.version,
    ...time('createdAt', task.createdAt),
    ...time('startedAt', task.startedAt),
    ...time('stoppingAt', task.stoppingAt),
    ...time('executionStoppedAt', task.executionStoppedAt),
    ...time('stoppedAt', task.stoppedAt),
    ...(task.stopCode !== null && { stopCode: task.stopCode }),
    ...(task.stoppedReason !== null && { stoppedReason: task.stoppedReason }),
    containers: [describeContainer(task)],
  };
}

function describeContainer(task: TaskRecord): JsonObject {
  return {
    containerArn: task.containerArn,
    taskArn: task.taskArn,
    name: task.containerName,
    lastStatus: containerStatus(task),
    ...(task.exitCode !== null && { exitCode: task.exitCode }),
    ...(task.containerReason !== null && { reason: task.containerReason }),
    networkInterfaces: [],
    cpu: task.cpu,
    memory: task.memory,
  };
}

function containerStatus(task: TaskRecord): string {
  if (task.executionStoppedAt !== null) return 'STOPPED';
  return task.startedAt !== null ? 'RUNNING' : 'PENDING';
}
