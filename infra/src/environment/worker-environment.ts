import type { StackContext } from '../stack-context.ts';
import { ledgerEnvironment } from './ledger-environment.ts';

/** Where the one writable volume is mounted; the image makes the folder and gives it to the worker's user. */
export const scratchDirectory = '/scratch';

/** What the worker reads from its environment, but for `FYRESTREAM_REQUEST`, which each launch adds. */
export function workerEnvironment(context: StackContext) {
  return {
    ...ledgerEnvironment(context),
    FYRESTREAM_OUTPUT_BUCKET: context.names.outputBucket,
    FYRESTREAM_LADDER: JSON.stringify(context.settings.ladder),
    FYRESTREAM_SCRATCH_DIRECTORY: scratchDirectory,
    FYRESTREAM_ATTEMPT_HOURS: String(context.settings.attemptHours),
  };
}
