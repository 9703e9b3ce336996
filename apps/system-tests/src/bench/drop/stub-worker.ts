// Runs in place of the worker: the real worker with the real ledger and store, whose stages encode nothing and take no time.
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
import { stackProfilesOf } from '@fyrestream/events';
import { fargatePrices } from '@fyrestream/media';
import { createFfmpeg, createWorker, type Scratch } from '@fyrestream/worker';
import { createSimulatedMedia } from '../../simulator/create-simulated-media.ts';
import type { SimulatedProcess } from '../../simulator/simulated-process.ts';
import type { Simulation } from '../../simulator/simulation.ts';

const connection = { credentials: removeCredentials() };
const environment = readEnvironment(workerEnvironmentSchema);
/** Of a simulation, only what its media uses: no failures, no time, and the smallest of all plans. */
const simulation = {
  random: {
    next: () => 0,
    chance: () => false,
    between: (from: number) => from,
    pick: ([first]: unknown[]) => first,
  },
  faults: { rates: { mediaFailure: 0 } },
} as unknown as Simulation;
const instant = { sleep: async () => {} } as unknown as SimulatedProcess;

const transcode = createWorker({
  ledger: createLedger(connection, {
    tableName: environment.FYRESTREAM_JOBS_TABLE,
    recordRetentionDays: environment.FYRESTREAM_RECORD_RETENTION_DAYS,
    clock: systemClock,
  }),
  store: createObjectStore(connection),
  events: createEventPublisher(connection, environment.FYRESTREAM_EVENT_BUS),
  sender: createMessageSender(connection, environment.FYRESTREAM_CONTROL_QUEUE_URL),
  ffmpeg: createFfmpeg(),
  stages: createSimulatedMedia(simulation, instant, () => 'valid'),
  openScratch: async (directory) => scratchIn(directory),
  clock: systemClock,
  timers: {
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
    every: (milliseconds, tick) => {
      const timer = setInterval(tick, milliseconds);
      return () => clearInterval(timer);
    },
  },
  log: createLogger('stub-worker', 'warn'),
  instanceId: randomUUID(),
  settings: {
    outputBucket: environment.FYRESTREAM_OUTPUT_BUCKET,
    profiles: stackProfilesOf(environment.FYRESTREAM_PROFILES).profiles,
    unitSeconds: environment.FYRESTREAM_UNIT_SECONDS,
    maxWorkersPerJob: environment.FYRESTREAM_MAX_WORKERS_PER_JOB,
    targetMinutes: environment.FYRESTREAM_TARGET_MINUTES,
    scratchDirectory: environment.FYRESTREAM_SCRATCH_DIRECTORY,
    costLimitUsd: environment.FYRESTREAM_COST_LIMIT_USD,
    prices: fargatePrices({
      region: environment.FYRESTREAM_REGION,
      architecture: environment.FYRESTREAM_ARCHITECTURE,
    }),
    attemptHours: environment.FYRESTREAM_ATTEMPT_HOURS,
  },
});
process.exit(await transcode(environment.FYRESTREAM_REQUEST, new AbortController().signal));

/** The folder of the task, which the local cloud removes. */
function scratchIn(directory: string): Scratch {
  return {
    path: async (...names) => {
      const path = join(directory, ...names);
      await mkdir(dirname(path), { recursive: true });
      return path;
    },
    write: (path, bytes) => writeFile(path, bytes),
    socketPath: (name) => name,
    remove: async () => {},
  };
}
