import * as aws from '@pulumi/aws';
import { Monitoring } from './alarms/monitoring.ts';
import { OutputBucket } from './buckets/output-bucket.ts';
import { SourceBucket } from './buckets/source-bucket.ts';
import { idleCost, totalCost } from './cost/idle-cost.ts';
import { operatorEnvironment } from './environment/operator-environment.ts';
import { Events } from './events/events.ts';
import { ApiFunction } from './functions/api-function.ts';
import { requireBundles } from './functions/bundles.ts';
import { Functions } from './functions/functions.ts';
import { Ledger } from './ledger/ledger.ts';
import { createStackArns } from './names/stack-arns.ts';
import { createStackNames, functionLogGroup } from './names/stack-names.ts';
import { Network } from './network/network.ts';
import { Queues } from './queues/queues.ts';
import { readProviderArgs } from './settings/read-provider-args.ts';
import { readSettings } from './settings/read-settings.ts';
import type { StackContext } from './stack-context.ts';
import { stackTags } from './stack-tags.ts';
import { Transcoder } from './transcoder/transcoder.ts';
import { Webhooks } from './webhooks/webhooks.ts';

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
  const hasWebhooks = Object.keys(settings.webhooks).length > 0;
  const webhooks = hasWebhooks ? new Webhooks(context, options) : null;
  const api = settings.api === 'iam' ? new ApiFunction(context, options) : null;
  const optional = [webhooks, api].flatMap((part) => (part === null ? [] : [part.permissions]));
  const functionPermissions = [...functions.permissions, ...optional];
  const network = new Network(context, functionPermissions, options);
  const queues = new Queues(context, options);
  new SourceBucket(context, queues, options);
  const output = new OutputBucket(context, options);
  const ledger = new Ledger(context, options);
  const transcoder = new Transcoder(context, queues, options);
  functions.deploy({ ledger, network, queues, transcoder });
  const events = new Events(context, queues, options);
  webhooks?.deploy({ ledger, network, eventBusName: events.eventBusName });
  const webhookVariables = webhooks && {
    FYRESTREAM_WEBHOOKS: JSON.stringify(settings.webhooks),
    FYRESTREAM_WEBHOOK_QUEUE_URL: webhooks.queue.queue.url,
    FYRESTREAM_WEBHOOK_DEAD_LETTER_QUEUE_URL: webhooks.queue.deadLetters.url,
    FYRESTREAM_NOTIFIER_LOG_GROUP: functionLogGroup(names.notifier),
  };
  const { deliveryUrl } = output;
  const apiUrl = api?.deploy({ ledger, network, queues, deliveryUrl, webhookVariables }) ?? null;
  const alarms = new Monitoring(context, options);

  const idle = idleCost(settings, names, region);
  return {
    region,
    accountId,
    environment: {
      ...operatorEnvironment(context, queues),
      FYRESTREAM_EVENT_BUS: names.eventBus,
      FYRESTREAM_CLUSTER: names.cluster,
      FYRESTREAM_TASK_DEFINITION: transcoder.taskDefinition,
      ...webhookVariables,
    },
    jobEventsTopicArn: events.jobEventsTopicArn,
    apiUrl,
    deliveryUrl,
    dashboardUrl: alarms.dashboardUrl,
    idleCostUsdPerMonth: Math.round(totalCost(idle) * 100) / 100,
    idleCost: idle,
  };
}
