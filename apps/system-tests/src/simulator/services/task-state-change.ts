import type { Task } from './simulated-tasks.ts';

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html */
export function stateChangeOf(task: Task): string {
  const { taskArn, startedBy, status, version, stopCode, stoppedReason, exitCode, containerReason } = task;
  return JSON.stringify({
    source: 'aws.ecs',
    'detail-type': 'ECS Task State Change',
    detail: {
      taskArn,
      clusterArn: 'arn:aws:ecs:cluster/simulated',
      lastStatus: status,
      version,
      startedBy,
      ...(stopCode && { stopCode }),
      ...(stoppedReason && { stoppedReason }),
      ...(task.input && { overrides: JSON.parse(task.input).overrides }),
      containers: [
        { ...(exitCode !== null && { exitCode }), ...(containerReason && { reason: containerReason }) },
      ],
    },
  });
}
