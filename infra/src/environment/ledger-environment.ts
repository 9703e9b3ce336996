import type { StackContext } from '../stack-context.ts';

/** What invoker and worker both read, to keep the ledger and to tell of jobs. */
export function ledgerEnvironment({ names, settings }: StackContext) {
  return {
    FYRESTREAM_LOG_LEVEL: settings.logLevel,
    FYRESTREAM_JOBS_TABLE: names.jobsTable,
    FYRESTREAM_RECORD_RETENTION_DAYS: String(settings.recordRetentionDays),
    FYRESTREAM_EVENT_BUS: names.eventBus,
  };
}
