import * as aws from '@pulumi/aws';
import { Monitoring } from './alarms/monitoring.ts';
import { OutputBucket } from './buckets/output-bucket.ts';
import { SourceBucket } from './buckets/source-bucket.ts';
import { idleCost, totalCost } from './cost/idle-cost.ts';
import { Events } from './events/events.ts';
import { requireBundles } from './functions/bundles.ts';
import { Functions } from './functions/functions.ts';
import { Ledger } from './ledger/ledger.ts';
import { createStackArns } from './names/stack-arns.ts';
import { createStackNames, functionLogGroup, taskLogGroup } from './names/stack-names.ts';
import { Network } from './network/network.ts';
import { Queues } from './queues/queues.ts';
import { readProviderArgs } from './settings/read-provider-args.ts';
import { readSettings } from './settings/read-settings.ts';
import type { StackContext } from './stack-context.ts';
import { stackTags } from './stack-tags.ts';
import { Transcoder } from './transcoder/transcoder.ts';

export interface StackInput {
  readonly stack: string;
  readonly region: string;
  /** The stack's configuration in the namespace `fyrestream`. */
  readonly config: Readonly<Record<string, string>>;
  /** The configuration in the namespace `aws`. */
  readonly providerConfig: Readonly<Record<string, string>>;
}

/**
 * Creates all resources, in the order in which an upload passes them.
 * @returns the outputs of the stack; `environment` holds the same variables as the connection file of a local cloud
 * @throws FyrestreamError `bad-settings`, `bad-stack-name`, `bundle-missing`, before anything is registered
 */
export async function createStack({ stack, region, config, providerConfig }: StackInput) {
  const settings = readSettings(config);
  requireBundles();
  const provider = new aws.Provider('aws', {
    ...readProviderArgs(providerConfig, { ...settings.tags, ...Object.fromEntries(stackTags(stack)) }),
    region,
  });
  const options = { providers: { aws: provider } };
  const { accountId, arn } = await aws.getCallerIdentity({}, { provider });
  const location = { stack, region, accountId, partition: arn.split(':')[1] ?? 'aws' };
  const names = createStackNames(location, settings);
  const context: StackContext = {
    location,
    settings,
    names,
    arns: createStackArns(location, names),
    provider,
  };

  const functions = new Functions(context, options);
  const network = new Network(context, functions.permissions, options);
  const queues = new Queues(context, options);
  new SourceBucket(context, queues, options);
  const output = new OutputBucket(context, options);
  const ledger = new Ledger(context, options);
  const transcoder = new Transcoder(context, queues, options);
  functions.deploy({ ledger, network, queues, transcoder });
  const events = new Events(context, queues, options);
  const alarms = new Monitoring(context, options);

  const idle = idleCost(settings, names, region);
  return {
    region,
    accountId,
    environment: {
      FYRESTREAM_SOURCE_BUCKET: names.sourceBucket,
      FYRESTREAM_OUTPUT_BUCKET: names.outputBucket,
      FYRESTREAM_JOBS_TABLE: names.jobsTable,
      FYRESTREAM_RECORD_RETENTION_DAYS: String(settings.recordRetentionDays),
      FYRESTREAM_EVENT_BUS: names.eventBus,
      FYRESTREAM_QUEUE_URL: queues.uploads.queue.url,
      FYRESTREAM_DEAD_LETTER_QUEUE_URL: queues.uploads.deadLetters.url,
      FYRESTREAM_CONTROL_QUEUE_URL: queues.control.queue.url,
      FYRESTREAM_CONTROL_DEAD_LETTER_QUEUE_URL: queues.control.deadLetters.url,
      FYRESTREAM_POLLER_LOG_GROUP: functionLogGroup(names.poller),
      FYRESTREAM_INVOKER_LOG_GROUP: functionLogGroup(names.invoker),
      FYRESTREAM_WORKER_LOG_GROUP: taskLogGroup(names.transcoder),
      FYRESTREAM_CLUSTER: names.cluster,
      FYRESTREAM_TASK_DEFINITION: transcoder.taskDefinition,
    },
    jobEventsTopicArn: events.jobEventsTopicArn,
    deliveryUrl: output.deliveryUrl,
    dashboardUrl: alarms.dashboardUrl,
    idleCostUsdPerMonth: Math.round(totalCost(idle) * 100) / 100,
    idleCost: idle,
  };
}
