import type * as cloudModule from '@fyrestream/cloud';
import type { Connection, JobLogGroups } from '@fyrestream/cloud';
import { profilesVariable, type StackEnvironment, stackProfilesOf } from '@fyrestream/events';
import type { Stack, StackMaking, StackQueue, StackWebhooks } from './stack.ts';

/** Creates the clients of all resources of a stack. */
export async function connectStack(
  connection: Connection,
  environment: StackEnvironment,
  rest: Pick<Stack, 'name' | 'access' | 'dataDirectory' | 'reopen'>,
): Promise<Stack> {
  // Loading the AWS SDK takes longer than the rest of a small command, so only commands that need it load it.
  const cloud = await import('@fyrestream/cloud');
  const queue = (url: string, deadLettersUrl: string) => connectQueue(cloud, connection, url, deadLettersUrl);
  const logGroups = logGroupsOf(environment);
  const making = makingOf(environment);
  return {
    ...rest,
    profiles: making && [...making.profiles.profiles.keys()],
    making,
    sourceBucket: environment.FYRESTREAM_SOURCE_BUCKET,
    outputBucket: environment.FYRESTREAM_OUTPUT_BUCKET,
    ledger: cloud.createLedger(connection, {
      tableName: environment.FYRESTREAM_JOBS_TABLE,
      recordRetentionDays: environment.FYRESTREAM_RECORD_RETENTION_DAYS,
      clock: cloud.systemClock,
    }),
    store: cloud.createObjectStore(connection),
    copier: cloud.createObjectCopier(connection),
    uploads: cloud.createMultipartUploads(connection),
    signer: cloud.createObjectSigner(connection),
    reader: cloud.createObjectReader(connection),
    sender: cloud.createMessageSender(connection, environment.FYRESTREAM_CONTROL_QUEUE_URL),
    launcher: cloud.createTaskLauncher(connection),
    failureLog: cloud.createPollerLogReader(connection, environment.FYRESTREAM_POLLER_LOG_GROUP),
    jobLog: logGroups && cloud.createJobLogReader(connection, logGroups),
    webhooks: connectWebhooks(cloud, connection, environment),
    queues: {
      uploads: queue(environment.FYRESTREAM_QUEUE_URL, environment.FYRESTREAM_DEAD_LETTER_QUEUE_URL),
      control: queue(
        environment.FYRESTREAM_CONTROL_QUEUE_URL,
        environment.FYRESTREAM_CONTROL_DEAD_LETTER_QUEUE_URL,
      ),
    },
  };
}

/** The stacks that tell their profiles tell also where their tasks run. */
function makingOf({
  FYRESTREAM_PROFILES: packed,
  FYRESTREAM_REGION: region,
  FYRESTREAM_ARCHITECTURE: architecture,
}: StackEnvironment): StackMaking | null {
  const { data: settings } = profilesVariable.safeParse(packed);
  if (settings === undefined || region === undefined || architecture === undefined) return null;
  return { profiles: stackProfilesOf(settings), platform: { region, architecture } };
}

function logGroupsOf(environment: StackEnvironment): JobLogGroups | null {
  const {
    FYRESTREAM_POLLER_LOG_GROUP: poller,
    FYRESTREAM_INVOKER_LOG_GROUP: invoker,
    FYRESTREAM_WORKER_LOG_GROUP: worker,
    FYRESTREAM_NOTIFIER_LOG_GROUP: notifier,
  } = environment;
  if (invoker === undefined || worker === undefined) return null;
  return { poller, invoker, worker, ...(notifier !== undefined && { notifier }) };
}

type Cloud = typeof cloudModule;

function connectQueue(cloud: Cloud, connection: Connection, url: string, deadLettersUrl: string): StackQueue {
  return {
    messages: cloud.createMessageQueue(connection, url),
    deadLetters: cloud.createMessageQueue(connection, deadLettersUrl),
  };
}

function connectWebhooks(
  cloud: Cloud,
  connection: Connection,
  environment: StackEnvironment,
): StackWebhooks | null {
  const {
    FYRESTREAM_WEBHOOKS: endpoints = {},
    FYRESTREAM_WEBHOOK_QUEUE_URL: url,
    FYRESTREAM_WEBHOOK_DEAD_LETTER_QUEUE_URL: deadLettersUrl,
    FYRESTREAM_NOTIFIER_LOG_GROUP: logGroup,
  } = environment;
  const isComplete = url !== undefined && deadLettersUrl !== undefined && logGroup !== undefined;
  if (!isComplete || Object.keys(endpoints).length === 0) return null;
  return {
    endpoints,
    states: cloud.createEndpointStates(connection, environment.FYRESTREAM_JOBS_TABLE),
    queue: connectQueue(cloud, connection, url, deadLettersUrl),
    failureLog: cloud.createPollerLogReader(connection, logGroup),
  };
}
