import { publishOwedEvents } from '@fyrestream/cloud';
import { reasonFrom } from '@fyrestream/events';
import { admitMissedUploads } from './admit-missed-uploads.ts';
import { endLostAttempts, tasksPerCall } from './end-lost-attempts.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { reconcileJob } from './reconcile-job.ts';
import { removeRetiredVersions } from './remove-retired-versions.ts';

/** What one sweep looks at; the next one goes on. */
const jobsPerSweep = 50;

/**
 * Finds and mends what no event told of: lost tasks, waiting jobs, owed announcements, uploads without a job. Removes old
 * versions when it is time.
 * Trouble with one of them keeps it from none of the others.
 * @throws the first trouble, after everything was looked at
 */
export async function sweep(dependencies: InvokerDependencies): Promise<void> {
  const { ledger, events, log } = dependencies;
  const troubles: unknown[] = [];
  const each = async (about: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error({ about, reason: reasonFrom(error) }, 'sweep-in-trouble');
      troubles.push(error);
    }
  };
  const [running, queued] = await Promise.all([
    ledger.listJobs('running', { limit: tasksPerCall, oldestFirst: true }),
    ledger.listJobs('queued', { limit: jobsPerSweep, oldestFirst: true }),
  ]);
  const jobs = [...queued.jobs, ...running.jobs];
  await each('tasks', () => endLostAttempts(dependencies, jobs, each));
  for (const { jobId } of jobs) {
    await each(jobId, async () => {
      const job = await ledger.readJob(jobId);
      if (job !== null) await reconcileJob(dependencies, job);
    });
  }
  for (const job of await ledger.listJobsWithOwedEvents(jobsPerSweep)) {
    await each(job.jobId, () => publishOwedEvents(ledger, events, job));
  }
  await each('uploads', () => admitMissedUploads(dependencies, each));
  await each('old versions', () => removeRetiredVersions(dependencies, each));
  if (troubles.length > 0) throw troubles[0];
}
