import type { StackContext } from '../stack-context.ts';
import { ledgerEnvironment } from './ledger-environment.ts';
import { profilesEnvironment } from './profiles-environment.ts';

/** Mount point of the only writable volume. The image creates the folder for the worker's user. */
export const scratchDirectory = '/scratch';

/** Environment variables of the worker, except `FYRESTREAM_REQUEST`, which each launch adds. */
export function workerEnvironment(context: StackContext, controlQueueUrl: string) {
  return {
    ...ledgerEnvironment(context),
    FYRESTREAM_OUTPUT_BUCKET: context.names.outputBucket,
    ...profilesEnvironment(context),
    FYRESTREAM_SCRATCH_DIRECTORY: scratchDirectory,
    FYRESTREAM_COST_LIMIT_USD: String(context.settings.costLimitUsd),
    FYRESTREAM_ATTEMPT_HOURS: String(context.settings.attemptHours),
    FYRESTREAM_UNIT_SECONDS: String(context.settings.unitSeconds),
    FYRESTREAM_MAX_WORKERS_PER_JOB: String(context.settings.maxWorkersPerJob),
    FYRESTREAM_TARGET_MINUTES: String(context.settings.targetMinutes),
    FYRESTREAM_CONTROL_QUEUE_URL: controlQueueUrl,
  };
}
