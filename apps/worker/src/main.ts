// First: it restarts the process, so nothing else may have been loaded.
import './without-initial-environment.ts';
import '@fyrestream/cloud/tune-garbage-collection';
import { randomUUID } from 'node:crypto';
import {
  createEventPublisher,
  createLedger,
  createLogger,
  createMessageSender,
  createObjectStore,
  readEnvironment,
  removeCredentials,
  systemClock,
  workerEnvironmentSchema,
} from '@fyrestream/cloud';
import { reasonFrom, stackProfilesOf, workerExitCode } from '@fyrestream/events';
import { fargatePrices } from '@fyrestream/media';
import { createScratch } from './create-scratch.ts';
import { createWorker } from './create-worker.ts';
import { createFfmpeg } from './run-ffmpeg.ts';
import { buildVersion } from './stages/build-version.ts';
import { encodeTracks } from './stages/encode-tracks.ts';
import { makePlan } from './stages/make-plan.ts';
import { verifyUnit } from './stages/verify-unit.ts';
import { systemTimers } from './timers.ts';

const log = createLogger('fyrestream-transcoder', 'info');

/** Runs one worker until it ends; SIGTERM stops it. */
async function main(): Promise<number> {
  const connection = { credentials: removeCredentials() };
  const environment = readEnvironment(workerEnvironmentSchema);
  log.level = environment.FYRESTREAM_LOG_LEVEL;
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  const transcode = createWorker({
    ledger: createLedger(connection, {
      tableName: environment.FYRESTREAM_JOBS_TABLE,
      recordRetentionDays: environment.FYRESTREAM_RECORD_RETENTION_DAYS,
      clock: systemClock,
    }),
    store: createObjectStore(connection),
    events: createEventPublisher(connection, environment.FYRESTREAM_EVENT_BUS),
    sender: createMessageSender(connection, environment.FYRESTREAM_CONTROL_QUEUE_URL),
    ffmpeg: createFfmpeg({ log }),
    stages: { makePlan, encodeTracks, verifyUnit, buildVersion },
    openScratch: createScratch,
    clock: systemClock,
    timers: systemTimers,
    log,
    instanceId: randomUUID(),
    settings: {
      outputBucket: environment.FYRESTREAM_OUTPUT_BUCKET,
      profiles: stackProfilesOf(environment.FYRESTREAM_PROFILES).profiles,
      scratchDirectory: environment.FYRESTREAM_SCRATCH_DIRECTORY,
      costLimitUsd: environment.FYRESTREAM_COST_LIMIT_USD,
      prices: fargatePrices({
        region: environment.FYRESTREAM_REGION,
        architecture: environment.FYRESTREAM_ARCHITECTURE,
      }),
      attemptHours: environment.FYRESTREAM_ATTEMPT_HOURS,
      unitSeconds: environment.FYRESTREAM_UNIT_SECONDS,
      maxWorkersPerJob: environment.FYRESTREAM_MAX_WORKERS_PER_JOB,
      targetMinutes: environment.FYRESTREAM_TARGET_MINUTES,
    },
  });
  return transcode(environment.FYRESTREAM_REQUEST, stop.signal);
}

const exitCode = await main().catch((error) => {
  const reason = reasonFrom(error);
  log.fatal({ reason, error }, 'worker-failed');
  return reason.code === 'bad-environment' ? workerExitCode.misconfigured : workerExitCode.failed;
});
// The log is written. Resources that are still open must not keep the process running.
process.exit(exitCode);
