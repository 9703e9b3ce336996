import { tasksToBill } from '@fyrestream/events';
import { isFinished } from '../violations/is-finished.ts';
import { mustHaveJob } from './must-have-job.ts';
import type { ScheduleRecord } from './schedule-record.ts';
import type { SimulatedTask } from './services/simulated-task.ts';
import type { SimulatedPipeline } from './simulated-pipeline.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** Whether nothing more will happen unless a user acts. */
export function isQuiet({ uploads, jobs, outputs }: ScheduleRecord, pipeline: SimulatedPipeline): boolean {
  return (
    uploads.every((record) => jobs.has(record.jobId) || !mustHaveJob(pipeline, record)) &&
    [...jobs.values()].every((job) => isFinished(job) && tasksToBill(job).length === 0) &&
    [...outputs.values()].every((output) => output.supersededJobIds.length === 0) &&
    waitingMessages(pipeline).length === 0 &&
    runningWorkers(pipeline).length === 0 &&
    actingUsers(pipeline).length === 0 &&
    tasksLeft(pipeline).length === 0
  );
}

/** All messages but those of the periodic sweep. */
export function waitingMessages({ uploads, control }: SimulatedPipeline): string[] {
  return [...uploads.waiting(), ...control.waiting()].filter((body) => !body.includes('sweep-requested'));
}

/** Tasks that did not stop, whether their workers work or hang. */
export function tasksLeft({ tasks }: SimulatedPipeline): SimulatedTask[] {
  return tasks.all().filter(({ status }) => status !== 'STOPPED');
}

/** Commands of users that are not done: one that is paused goes on later. */
function actingUsers({ processes }: SimulatedPipeline): SimulatedProcess[] {
  return [...processes].filter((process) => process.name.startsWith('user') && !process.isHung());
}

/** Workers that are not done. One that hangs is stopped with its task. */
export function runningWorkers({ processes }: SimulatedPipeline): SimulatedProcess[] {
  return [...processes].filter((process) => process.name.startsWith('worker') && !process.isHung());
}
