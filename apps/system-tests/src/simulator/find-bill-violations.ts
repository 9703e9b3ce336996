import type { JobRecord } from '@fyrestream/events';
import type { Violation } from '../violations/violation.ts';
import type { SimulatedTask } from './services/simulated-task.ts';

const minBilledSeconds = 60;

/** A receipt has each task of its job at most once, with the time that it ran; only those whose last event was lost are missing. */
export function findBillViolations(jobs: Iterable<JobRecord>, tasks: readonly SimulatedTask[]): Violation[] {
  const wrong: string[] = [];
  for (const { jobId, receipt } of jobs) {
    const billed = receipt?.tasks ?? [];
    if (new Set(billed.map(({ taskId }) => taskId)).size < billed.length)
      wrong.push(`job ${jobId} pays a task twice`);
    for (const { taskId, billedSeconds, attempt, slot } of billed) {
      const task = tasks.find(({ taskArn }) => taskArn.endsWith(`/${taskId}`));
      if (task === undefined || task.startedBy !== jobId) wrong.push(`job ${jobId} pays task ${taskId}`);
      else if (billedSeconds !== secondsOf(task))
        wrong.push(`job ${jobId} pays ${billedSeconds} s of task ${taskId}, which ran ${secondsOf(task)} s`);
      else if (task.request.attempt !== attempt || task.request.slot !== slot)
        wrong.push(`job ${jobId} pays task ${taskId} as that of another worker`);
    }
  }
  return wrong.map((message) => ({ kind: 'wrong', message }));
}

function secondsOf({ startedAt, stoppedAt }: SimulatedTask): number {
  if (startedAt === null) return 0;
  // ECS reports whole milliseconds.
  const milliseconds = Math.trunc(stoppedAt) - Math.trunc(startedAt);
  return milliseconds === 0 ? 0 : Math.max(minBilledSeconds, Math.ceil(milliseconds / 1_000));
}
