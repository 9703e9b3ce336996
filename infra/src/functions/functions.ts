import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { countedLogMessages, logMetric } from '../alarms/log-metrics.ts';
import { invokerEnvironment } from '../environment/invoker-environment.ts';
import { pollerEnvironment } from '../environment/poller-environment.ts';
import type { Network } from '../network/network.ts';
import { invokerPermissions } from '../permissions/invoker.ts';
import { pollerPermissions } from '../permissions/poller.ts';
import { queueLimits } from '../queues/queue-limits.ts';
import type { Queues } from '../queues/queues.ts';
import type { StackContext } from '../stack-context.ts';
import type { Transcoder } from '../transcoder/transcoder.ts';
import { bundles } from './bundles.ts';
import { LambdaFunction } from './lambda-function.ts';

export interface FunctionsArgs {
  readonly network: Network;
  readonly queues: Queues;
  readonly transcoder: Transcoder;
}

/** The two Lambda functions. Both queues trigger the poller, which calls the invoker. */
export class Functions extends pulumi.ComponentResource {
  constructor(
    context: StackContext,
    { network, queues, transcoder }: FunctionsArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('fyrestream:index:Functions', 'functions', {}, options);
    const { names, arns, settings } = context;
    const child = { parent: this };
    const invoker = new LambdaFunction(
      'fyrestream-transcoder-invoker',
      context,
      {
        name: names.invoker,
        principal: 'invoker',
        files: bundles.invoker,
        permissions: invokerPermissions(arns),
        environment: invokerEnvironment(context, {
          controlQueueUrl: queues.control.queue.url,
          taskDefinition: transcoder.taskDefinition,
          subnetIds: network.privateSubnetIds.apply((ids) => ids.join(',')),
          securityGroupId: network.transcoderSecurityGroupId,
        }),
        timeoutSeconds: queueLimits.invokerTimeoutSeconds,
        memoryMiB: 512,
        network,
      },
      child,
    );
    for (const message of countedLogMessages) {
      const { namespace, metricName } = logMetric(names, message);
      new aws.cloudwatch.LogMetricFilter(
        message,
        {
          name: names.resource(message),
          logGroupName: invoker.logGroup.name,
          pattern: `{ $.msg = "${message}" }`,
          metricTransformation: { namespace, name: metricName, value: '1' },
        },
        child,
      );
    }
    const poller = new LambdaFunction(
      'fyrestream-sqs-poller',
      context,
      {
        name: names.poller,
        principal: 'poller',
        files: bundles.poller,
        permissions: pollerPermissions(arns),
        environment: pollerEnvironment(context),
        timeoutSeconds: queueLimits.pollerTimeoutSeconds,
        memoryMiB: 256,
        network,
      },
      child,
    );
    for (const [name, { queue }] of Object.entries({ uploads: queues.uploads, control: queues.control })) {
      new aws.lambda.EventSourceMapping(
        name,
        {
          eventSourceArn: queue.arn,
          functionName: poller.lambda.name,
          batchSize: queueLimits.batchSize,
          functionResponseTypes: ['ReportBatchItemFailures'],
          scalingConfig: { maximumConcurrency: settings.pollerConcurrency },
        },
        // Messages that arrive before the invoker exists would fail.
        { parent: this, dependsOn: [poller.permissions, invoker.lambda] },
      );
    }
    this.registerOutputs({ poller: poller.lambda.name, invoker: invoker.lambda.name });
  }
}
