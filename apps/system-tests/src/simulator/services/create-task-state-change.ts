import { type SimulatedTask, usageFacts } from './simulated-task.ts';

/** The body of an "ECS Task State Change" event. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html */
export function createTaskStateChange(task: SimulatedTask): string {
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
      ...usageFacts(task),
      containers: [
        { ...(exitCode !== null && { exitCode }), ...(containerReason && { reason: containerReason }) },
      ],
    },
  });
}
