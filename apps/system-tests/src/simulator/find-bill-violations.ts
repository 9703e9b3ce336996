import { isDeepStrictEqual } from 'node:util';
import { isTerminal, type JobEvent, type JobRecord, jobCostOf } from '@fyrestream/events';
import type { Violation } from '../violations/violation.ts';
import type { ScheduleRecord } from './schedule-record.ts';
import type { SimulatedTask } from './services/simulated-task.ts';

const minBilledSeconds = 60;

/**
 * A receipt has each task of its job once, with the time that it ran. A job that is over has one final bill, which is published.
 * Exempt are tasks that ECS has forgotten, and those whose start was not recorded.
 */
export function findBillViolations(record: ScheduleRecord, tasks: readonly SimulatedTask[]): Violation[] {
  const wrong = [...record.jobs.values()].flatMap((job) => {
    const own = tasks.filter(({ startedBy }) => startedBy === job.jobId);
    return [...wrongTasks(job, tasks), ...wrongSums(job, own, record), ...wrongEvents(job, own, record)];
  });
  return wrong.map((message) => ({ kind: 'wrong', message }));
}

function wrongTasks({ jobId, receipt }: JobRecord, tasks: readonly SimulatedTask[]): string[] {
  const wrong: string[] = [];
  for (const { taskId, billedSeconds, attempt, slot } of receipt?.tasks ?? []) {
    const task = tasks.find(({ taskArn }) => taskArn.endsWith(`/${taskId}`));
    if (task === undefined || task.startedBy !== jobId) wrong.push(`job ${jobId} pays task ${taskId}`);
    else if (billedSeconds !== secondsOf(task))
      wrong.push(`job ${jobId} pays ${billedSeconds} s of task ${taskId}, which ran ${secondsOf(task)} s`);
    else if (task.request.attempt !== attempt || task.request.slot !== slot)
      wrong.push(`job ${jobId} pays task ${taskId} as that of another worker`);
  }
  return wrong;
}

function wrongSums(
  job: JobRecord,
  tasks: readonly SimulatedTask[],
  { startedTasks }: ScheduleRecord,
): string[] {
  const billed = jobCostOf(job)?.tasks ?? 0;
  const unbilled = job.receipt?.unbilled.length ?? 0;
  const started = tasks.filter(({ taskArn }) => startedTasks.has(taskArn)).length;
  if (billed >= started - unbilled && billed <= tasks.length - unbilled) return [];
  return [
    `job ${job.jobId} pays ${billed} tasks of ${tasks.length}; ${started} were recorded, ${unbilled} are open`,
  ];
}

function wrongEvents(
  job: JobRecord,
  tasks: readonly SimulatedTask[],
  { events, startedTasks }: ScheduleRecord,
): string[] {
  const { jobId, receipt } = job;
  if (!isTerminal(job) || (receipt?.unbilled.length ?? 0) > 0) return [];
  const published = new Map(
    events.filter((event) => event.jobId === jobId).map((event) => [numberOf(event), event]),
  );
  const end = Math.max(...[...published.values()].filter(({ kind }) => kind !== 'job-billed').map(numberOf));
  const bills = [...published.values()].filter((event) => event.cost?.isFinal && numberOf(event) >= end);
  const last = bills.toSorted((left, right) => numberOf(left) - numberOf(right)).at(-1);
  const unrecorded = tasks.filter(({ taskArn }) => !startedTasks.has(taskArn)).length;
  if (bills.length > 1 + unrecorded) return [`job ${jobId} has ${bills.length} final bills`];
  if (!isDeepStrictEqual(last?.cost, jobCostOf(job))) {
    return [
      `the last final bill of job ${jobId} is ${JSON.stringify(last?.cost)}, not ${JSON.stringify(jobCostOf(job))}`,
    ];
  }
  return [];
}

/** The version of the job's record with which an event came. */
function numberOf({ eventId }: JobEvent): number {
  return Number(eventId.slice(eventId.lastIndexOf('-') + 1));
}

function secondsOf({ startedAt, stoppedAt }: SimulatedTask): number {
  if (startedAt === null) return 0;
  // ECS reports whole milliseconds.
  const milliseconds = Math.trunc(stoppedAt) - Math.trunc(startedAt);
  return milliseconds === 0 ? 0 : Math.max(minBilledSeconds, Math.ceil(milliseconds / 1_000));
}
