import type { BusEvent } from '../eventbridge/bus-event.ts';
import { describeTask } from './describe-task.ts';
import type { TaskRecord } from './task-record.ts';

/**
 * The "ECS Task State Change" event for the current state of a task.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export function taskStateChange(task: TaskRecord, atMilliseconds: number): BusEvent {
  const toIso = (milliseconds: number) => new Date(milliseconds).toISOString();
  return {
    source: 'aws.ecs',
    detailType: 'ECS Task State Change',
    time: toIso(atMilliseconds),
    resources: [task.taskArn],
    detail: { ...describeTask(task, toIso), updatedAt: toIso(atMilliseconds) },
  };
}
