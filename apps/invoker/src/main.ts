import {
  createEventPublisher,
  createLedger,
  createLogger,
  createMessageSender,
  createObjectStore,
  createTaskLauncher,
  invokerEnvironmentSchema,
  readEnvironment,
  systemClock,
} from '@fyrestream/cloud';
import { launchTargetFrom, reasonFrom, stackProfilesOf } from '@fyrestream/events';
import { fargatePrices } from '@fyrestream/media';
import { createJobEstimator } from './admission/create-job-estimator.ts';
import { createUploadChooser } from './admission/create-upload-chooser.ts';
import { createSourceInspector } from './admission/inspect-source.ts';
import { createInvoker } from './handler.ts';
import { createMediaReader } from './media-info/read-media-info.ts';

const environment = readEnvironment(invokerEnvironmentSchema);
const store = createObjectStore({});
const log = createLogger('fyrestream-transcoder-invoker', environment.FYRESTREAM_LOG_LEVEL);

const platform = {
  region: environment.FYRESTREAM_REGION,
  architecture: environment.FYRESTREAM_ARCHITECTURE,
};
const profiles = stackProfilesOf(environment.FYRESTREAM_PROFILES);
const estimateJob = createJobEstimator(profiles.profiles, platform);

export const handler = createInvoker({
  ledger: createLedger(
    {},
    {
      tableName: environment.FYRESTREAM_JOBS_TABLE,
      recordRetentionDays: environment.FYRESTREAM_RECORD_RETENTION_DAYS,
      clock: systemClock,
    },
  ),
  store,
  launcher: createTaskLauncher({}),
  sender: createMessageSender({}, environment.FYRESTREAM_CONTROL_QUEUE_URL),
  events: createEventPublisher({}, environment.FYRESTREAM_EVENT_BUS),
  choose: createUploadChooser(store, profiles),
  inspect: createSourceInspector(
    store,
    createMediaReader((fault) => log.warn({ reason: reasonFrom(fault) }, 'media-info-failed')),
    estimateJob,
  ),
  estimateJob,
  prices: fargatePrices(platform),
  clock: systemClock,
  log,
  settings: {
    sourceBucket: environment.FYRESTREAM_SOURCE_BUCKET,
    outputBucket: environment.FYRESTREAM_OUTPUT_BUCKET,
    oldVersionRetentionDays: environment.FYRESTREAM_OLD_VERSION_RETENTION_DAYS,
    deleteAfterSourceDays: environment.FYRESTREAM_DELETE_AFTER_SOURCE_DAYS,
    maxConcurrentTasks: environment.FYRESTREAM_MAX_CONCURRENT_TASKS,
    costLimitUsd: environment.FYRESTREAM_COST_LIMIT_USD,
    priorities: environment.FYRESTREAM_PRIORITIES,
    shares: environment.FYRESTREAM_SHARES,
    launchTarget: launchTargetFrom(environment),
    spotFirst: environment.FYRESTREAM_SPOT,
  },
});
