import { publishOwedEvents } from '@fyrestream/cloud';
import { isActive, lineEntryOf, waitsForPlace } from '@fyrestream/events';
import { endLostAdditional } from './additional/end-lost-additional.ts';
import { createMissedJobs } from './admission/create-missed-jobs.ts';
import { billLostTasks } from './billing/bill-lost-tasks.ts';
import { deleteWithSource } from './clean-up/delete-with-source.ts';
import { removeRetiredVersions } from './clean-up/remove-retired-versions.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { createIsolation } from './isolate-failures.ts';
import { fillPlaces } from './line/fill-places.ts';
import { reconcileJob } from './reconcile-job.ts';
import { endLostAttempts, tasksPerCall } from './stopped-tasks/end-lost-attempts.ts';
import { stopForgottenTasks } from './stopped-tasks/stop-forgotten-tasks.ts';

/** Jobs that one sweep reconciles; the next one continues. */
const jobsPerSweep = 50;
/** Of them, jobs that wait for capacity and are launched before their time if there is some: no event may have reported it. */
const waitingJobsPerSweep = 3;

/**
 * Handles what no event reported: lost and forgotten tasks, waiting jobs, unpublished events, uploads without a job. Deletes what
 * was published from deleted uploads, and removes versions, once their retention time is over. The failure of one part does not stop the others.
 * @throws the first failure, after all parts were done
 */
export async function sweep(dependencies: InvokerDependencies): Promise<void> {
  const { ledger, events, log, settings } = dependencies;
  const { isolate, failures } = createIsolation(log);
  const [running, starting, delayed, uninspected, queued] = await Promise.all([
    ledger.listWholePhase('running'),
    ledger.listPhase('starting', { limit: jobsPerSweep }),
    ledger.listPhase('delayed', { limit: jobsPerSweep }),
    ledger.listPhase('uninspected', { limit: jobsPerSweep }),
    ledger.listPhase('queued', { limit: jobsPerSweep }),
  ]);
  // Jobs in line are launched in their order. Those that an earlier release wrote last are older than all of them.
  const unsorted = queued.filter((job) => !waitsForPlace(job));
  const waiting = [...starting, ...delayed, ...uninspected, ...unsorted];
  // Every task is looked for: a job whose task is lost may stand behind many that run for hours.
  await isolate('tasks', () => endLostAttempts(dependencies, [...waiting, ...running], isolate));
  const jobs = [...waiting, ...running.slice(0, tasksPerCall)];
  let waitingJobs = 0;
  for (const { jobId, waitCount, launch } of jobs) {
    const isWaiting = waitCount > 0 && launch === null;
    if (isWaiting) waitingJobs += 1;
    const capacityFreed = isWaiting && waitingJobs <= waitingJobsPerSweep;
    await isolate(jobId, async () => {
      const job = await ledger.readJob(jobId);
      if (job === null) return;
      const ended = await endLostAdditional(dependencies, job);
      await reconcileJob(dependencies, await billLostTasks(dependencies, ended), { capacityFreed });
    });
  }
  // A late removal can take the entry of a job that waits again. The record is the truth: the oldest get theirs back.
  for (const job of [...queued, ...starting].filter(waitsForPlace)) {
    await isolate(job.jobId, () => ledger.joinLine(lineEntryOf(job, settings.priorities), job.version));
  }
  await isolate('line', () => fillPlaces(dependencies));
  for (const job of await ledger.listOwedJobs(jobsPerSweep)) {
    await isolate(job.jobId, async () => {
      // Events are published first: what follows may fail, or add one, which the next sweep publishes.
      const published = await publishOwedEvents(ledger, events, job);
      if (isActive(published)) return;
      const billed = await billLostTasks(dependencies, await endLostAdditional(dependencies, published));
      await publishOwedEvents(ledger, events, billed);
    });
  }
  await isolate('forgotten tasks', () => stopForgottenTasks(dependencies, isolate));
  await isolate('uploads', () => createMissedJobs(dependencies, isolate));
  await isolate('deleted uploads', () => deleteWithSource(dependencies, isolate));
  await isolate('old versions', () => removeRetiredVersions(dependencies, isolate));
  if (failures.length > 0) throw failures[0];
}
