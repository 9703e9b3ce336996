import type { StackContext } from '../stack-context.ts';

/** Environment variables that both invoker and worker read: ledger and job events. */
export function ledgerEnvironment({ names, settings }: StackContext) {
  return {
    FYRESTREAM_LOG_LEVEL: settings.logLevel,
    FYRESTREAM_JOBS_TABLE: names.jobsTable,
    FYRESTREAM_RECORD_RETENTION_DAYS: String(settings.recordRetentionDays),
    FYRESTREAM_EVENT_BUS: names.eventBus,
  };
}
