import { publishOwedEvents } from '@fyrestream/cloud';
import type { JobRecord, Reason } from '@fyrestream/events';
import { deferLaunch } from './defer-launch.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { planLaunch } from './plan-launch.ts';
import type { ReconcileResult } from './reconcile-result.ts';
import { sendLaunch } from './send-launch.ts';

/** Steps that one call may take: hold, or plan, send, fall back to on-demand, plan and send again. */
const stepsPerCall = 8;

export interface ReconcileOptions {
  /** Whether to be called again when the job is due. One reminder is under way for each job that waits, not more. */
  readonly remind?: boolean;
  /** Whether a place has just become free, so that a job which waits for one need not wait for its time. */
  readonly placeFreed?: boolean;
}

/**
 * Does what a job is still owed, by what its record says: hold it, launch it, send again what was planned but perhaps
 * never sent, or note when to come back. Safe to call at any time, any number of times, with a record that is a little
 * behind: each step is refused where the job has gone on.
 */
export async function reconcileJob(
  dependencies: InvokerDependencies,
  standing: JobRecord,
  options: ReconcileOptions = {},
): Promise<void> {
  const { ledger, events, sender } = dependencies;
  let result: ReconcileResult = { job: standing, again: true };
  for (let step = 0; result.again && step < stepsPerCall; step++) {
    result = await reconcileStep(dependencies, result.job, options);
  }
  const { job } = result;
  const waitSeconds = waitSecondsOf(dependencies, job);
  if (options.remind && waitSeconds > 0)
    await sender.send({ kind: 'job-due', jobId: job.jobId }, waitSeconds);
  await publishOwedEvents(ledger, events, job);
}

/** Seconds until a queued job is due; nothing for any other. */
function waitSecondsOf({ clock }: InvokerDependencies, job: JobRecord): number {
  if (job.status !== 'queued' || job.nextAttemptAt === null) return 0;
  return (Date.parse(job.nextAttemptAt) - Date.parse(clock())) / 1_000;
}

async function reconcileStep(
  dependencies: InvokerDependencies,
  job: JobRecord,
  options: ReconcileOptions,
): Promise<ReconcileResult> {
  const { ledger, clock, settings } = dependencies;
  const asItIs = { job, again: false };
  if (job.status !== 'queued') return asItIs;
  if (job.launch !== null) return job.launch.taskArn === null ? sendLaunch(dependencies, job) : asItIs;
  if (isAboveCostLimit(job, settings.costLimitUsd)) {
    const reason = costLimitReason(job, settings.costLimitUsd);
    return { job: (await ledger.advance(job.jobId, { kind: 'held', reason })).job, again: false };
  }
  const isNotDue = waitSecondsOf(dependencies, job) > 0;
  const waitsForPlace = job.waitCount > 0;
  if (isNotDue && !(waitsForPlace && options.placeFreed)) return asItIs;
  if ((await countUnderWay(dependencies)) >= settings.maxConcurrentTasks) {
    // Somebody else took the place that it was offered: it keeps its turn, and its own time.
    if (isNotDue) return asItIs;
    return deferLaunch(dependencies, job, {
      code: 'all-places-taken',
      message: `All ${settings.maxConcurrentTasks} places of the stack are taken.`,
      retryable: true,
    });
  }
  const launch = planLaunch(job, settings.launchTarget, clock());
  const planned = await ledger.advance(job.jobId, { kind: 'launch-planned', launch });
  return { job: planned.job, again: planned.outcome === 'moved' };
}

/** Launches that may hold a place: planned, sent or at work. */
async function countUnderWay({ ledger }: InvokerDependencies): Promise<number> {
  let count = 0;
  for (const status of ['running', 'queued'] as const) {
    let cursor: string | null = null;
    do {
      const page = await ledger.listJobs(status, { cursor });
      count += page.jobs.filter((job) => job.launch !== null).length;
      cursor = page.cursor;
    } while (cursor !== null);
  }
  return count;
}

function isAboveCostLimit(job: JobRecord, limitUsd: number): boolean {
  return !job.costAccepted && job.costEstimateUsd !== null && job.costEstimateUsd > limitUsd;
}

function costLimitReason(job: JobRecord, limitUsd: number): Reason {
  return {
    code: 'cost-limit',
    message: `Its estimated cost of ${job.costEstimateUsd?.toFixed(2)} USD is above the limit of ${limitUsd} USD.`,
    retryable: true,
  };
}
