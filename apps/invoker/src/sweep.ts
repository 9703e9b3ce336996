import { announceOwed } from '@fyrestream/cloud';
import { type JobRecord, uploadPrefix, whyNotAnUpload } from '@fyrestream/events';
import { admitUpload, isKnown } from './admit-upload.ts';
import { driveJob } from './drive-job.ts';
import type { InvokerDependencies } from './handler.ts';
import { endAttempt } from './take-stopped-task.ts';

/** What one sweep looks at; the next one goes on. */
const jobsPerSweep = 50;
const uploadsPerSweep = 200;
/** DescribeTasks takes a hundred. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const tasksPerCall = 100;
/** The event of a fresh upload is on its way; the sweep is for what was lost. */
const graceMilliseconds = 2 * 60_000;

/** Finds and mends what no event told of: lost tasks, waiting jobs, owed announcements, uploads without a job. */
export async function sweep(dependencies: InvokerDependencies): Promise<void> {
  const { ledger, events } = dependencies;
  const [running, queued] = await Promise.all([
    ledger.listJobs('running', { limit: tasksPerCall, oldestFirst: true }),
    ledger.listJobs('queued', { limit: jobsPerSweep, oldestFirst: true }),
  ]);
  await endLostAttempts(dependencies, [...running.jobs, ...queued.jobs]);
  for (const job of [...queued.jobs, ...running.jobs]) await driveJob(dependencies, job.jobId);
  for (const job of await ledger.listOwing(jobsPerSweep)) await announceOwed(ledger, events, job);
  await admitForgottenUploads(dependencies);
}

/** Ends attempts whose task is over although nobody said so. */
async function endLostAttempts(dependencies: InvokerDependencies, jobs: JobRecord[]): Promise<void> {
  const { launcher, settings } = dependencies;
  const jobsByTask = new Map(
    jobs.flatMap((job) => (job.launch?.taskArn ? [[job.launch.taskArn, job] as const] : [])),
  );
  const taskArns = [...jobsByTask.keys()].slice(0, tasksPerCall);
  for (const task of await launcher.findStopped(settings.cluster, taskArns)) {
    const job = jobsByTask.get(task.taskArn);
    if (job) await endAttempt(dependencies, job, task);
  }
}

/** Looks through one page of the source bucket for uploads that have no job. */
async function admitForgottenUploads(dependencies: InvokerDependencies): Promise<void> {
  const { ledger, store, clock, settings, log } = dependencies;
  const bucket = settings.sourceBucket;
  const startAfter = await ledger.readSweepCursor();
  const page = await store.list(bucket, uploadPrefix, {
    limit: uploadsPerSweep,
    ...(startAfter !== null && { startAfter }),
  });
  for (const object of page) {
    if (whyNotAnUpload(object.key) !== null) continue;
    if (Date.parse(clock()) - Date.parse(object.lastModified) < graceMilliseconds) continue;
    const output = await ledger.readOutput(object.key);
    if (isKnown(output?.latest, object.lastModified)) continue;
    const head = await store.head({ bucket, key: object.key });
    if (head === null) continue;
    log.warn({ key: object.key }, 'upload-without-job');
    const { sizeBytes, etag, versionId, lastModified } = head;
    const job = await admitUpload(dependencies, {
      bucket,
      key: object.key,
      versionId,
      etag,
      sizeBytes,
      sequencer: null,
      uploadedAt: lastModified,
    });
    await driveJob(dependencies, job.jobId);
  }
  const last = page.at(-1)?.key ?? null;
  await ledger.writeSweepCursor(page.length < uploadsPerSweep ? null : last);
}
