import {
  FyrestreamError,
  type InvokerMessage,
  invokerMessageSchema,
  isDeletedVersion,
  type JobRecord,
  lineEntryOf,
  type Upload,
  waitsForPlace,
} from '@fyrestream/events';
import { z } from 'zod';
import { createJobForUpload } from './admission/create-job-for-upload.ts';
import { recordDeletedSource } from './clean-up/delete-with-source.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { fillPlaces } from './line/fill-places.ts';
import { refusedCpuUnits } from './line/refused-cpu-units.ts';
import { type ReconcileOptions, reconcileJob } from './reconcile-job.ts';
import { handleStoppedTask } from './stopped-tasks/handle-stopped-task.ts';
import { sweep } from './sweep.ts';

/**
 * The invoker: does all steps of a job that are possible now. Its state is only in the ledger, so a message may arrive
 * twice, late, or at two invokers at once: each step is done once. When the handler returns, the ledger contains everything
 * that remains to be done; when it throws, the message returns to its queue.
 */
export function createInvoker(dependencies: InvokerDependencies) {
  async function continueJob(job: JobRecord, options: ReconcileOptions): Promise<void> {
    const after = await reconcileJob(dependencies, job, options);
    if (!waitsForPlace(after)) return;
    // Jobs that ECS refused are tried again when one of them is due, by the next task that stops and by the sweep: thousands of
    // uploads would ask ECS thousands of times.
    const isNew = job.launchBlockedSince === undefined;
    const { priority } = lineEntryOf(after, dependencies.settings.priorities);
    if (isNew && after.size.cpuUnits >= (await refusedCpuUnits(dependencies, priority))) return;
    // A place may have become free while the job joined the line.
    await fillPlaces(dependencies, { skipsBlocked: isNew, triesFew: true });
  }
  return async function handle(event: unknown): Promise<void> {
    const message = parse(event);
    switch (message.kind) {
      case 'upload-received':
      case 'remake-requested': {
        if (isForeign(dependencies, message.upload)) return;
        if (message.kind === 'remake-requested' && (await isDeleted(dependencies, message.upload))) return;
        const job = await createJobForUpload(dependencies, message.upload);
        if (message.kind === 'remake-requested') warnOfOtherProfile(dependencies, job, message.upload);
        return continueJob(job, { sendReminder: true });
      }
      case 'source-deleted':
        return recordDeletedSource(dependencies, message.source);
      case 'task-stopped':
        return handleStoppedTask(dependencies, message.task);
      case 'job-due': {
        const job = await dependencies.ledger.readJob(message.jobId);
        if (job === null) return dependencies.log.warn(message, 'job-unknown');
        return continueJob(job, { sendReminder: true, inspect: true });
      }
      case 'sweep-requested':
        return sweep(dependencies);
    }
  };
}

/** The output record is per key: an upload of another bucket would supersede the one of the same key in our own. */
function isForeign({ settings, log }: InvokerDependencies, { bucket, key }: Upload): boolean {
  if (bucket === settings.sourceBucket) return false;
  log.warn({ bucket, key }, 'upload-of-another-bucket');
  return true;
}

/** It was deleted after somebody wanted it to be made anew: no edition would be published. */
async function isDeleted({ ledger, log }: InvokerDependencies, upload: Upload): Promise<boolean> {
  const output = await ledger.readOutput(upload.key);
  if (output === null || !isDeletedVersion(output, upload)) return false;
  log.info({ key: upload.key }, 'remake-of-deleted-upload');
  return true;
}

/** Two remakes that were wanted at once are one edition: the first one chose its profile. */
function warnOfOtherProfile({ log }: InvokerDependencies, job: JobRecord, { profile }: Upload): void {
  const { jobId, upload } = job;
  if (upload.profile === profile) return;
  log.warn(
    { jobId, profile: upload.profile ?? null, wanted: profile ?? null },
    'remake-by-another-profile-exists',
  );
}

function parse(event: unknown): InvokerMessage {
  const parsed = invokerMessageSchema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new FyrestreamError({
    code: 'malformed-message',
    message: `The invoker was called with a message that is not valid: ${z.prettifyError(parsed.error)}`,
    retryable: false,
  });
}
