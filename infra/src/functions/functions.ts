import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { sweepTroubleMessage, sweepTroubleMetric } from '../alarms/sweep-trouble-metric.ts';
import { invokerEnvironment } from '../environment/invoker-environment.ts';
import { pollerEnvironment } from '../environment/poller-environment.ts';
import type { Network } from '../network/network.ts';
import { invokerPermissions } from '../permissions/invoker.ts';
import { pollerPermissions } from '../permissions/poller.ts';
import type { Queues } from '../queues/queues.ts';
import { timings } from '../queues/timings.ts';
import type { StackContext } from '../stack-context.ts';
import type { Transcoder } from '../transcoder/transcoder.ts';
import { bundles } from './bundles.ts';
import { LambdaFunction } from './lambda-function.ts';

export interface Surroundings {
  readonly network: Network;
  readonly queues: Queues;
  readonly transcoder: Transcoder;
}

/** Poller and invoker: both queues lead to the poller, the poller to the invoker. */
export class Functions extends pulumi.ComponentResource {
  constructor(
    context: StackContext,
    { network, queues, transcoder }: Surroundings,
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
        timeoutSeconds: timings.invokerSeconds,
        memoryMiB: 512,
        network,
      },
      child,
    );
    const { namespace, metricName } = sweepTroubleMetric(names);
    new aws.cloudwatch.LogMetricFilter(
      'sweep-in-trouble',
      {
        name: names.of('sweep-in-trouble'),
        logGroupName: invoker.logGroup.name,
        pattern: `{ $.msg = "${sweepTroubleMessage}" }`,
        metricTransformation: { namespace, name: metricName, value: '1' },
      },
      child,
    );
    const poller = new LambdaFunction(
      'fyrestream-sqs-poller',
      context,
      {
        name: names.poller,
        principal: 'poller',
        files: bundles.poller,
        permissions: pollerPermissions(arns),
        environment: pollerEnvironment(context),
        timeoutSeconds: timings.pollerSeconds,
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
          batchSize: timings.batchSize,
          functionResponseTypes: ['ReportBatchItemFailures'],
          scalingConfig: { maximumConcurrency: settings.pollerConcurrency },
        },
        // Messages that come before there is an invoker would only be counted as failed.
        { parent: this, dependsOn: [poller.permissions, invoker.lambda] },
      );
    }
    this.registerOutputs({ poller: poller.lambda.name, invoker: invoker.lambda.name });
  }
}
