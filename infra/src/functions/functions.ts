import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { countedLogMessages, logMetric } from '../alarms/log-metrics.ts';
import { invokerEnvironment } from '../environment/invoker-environment.ts';
import { pollerEnvironment } from '../environment/poller-environment.ts';
import type { Ledger } from '../ledger/ledger.ts';
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
  readonly ledger: Ledger;
  readonly network: Network;
  readonly queues: Queues;
  readonly transcoder: Transcoder;
}

/** Poller and invoker. Both queues trigger the poller, which calls the invoker. */
export class Functions extends pulumi.ComponentResource {
  /** The permissions of both roles, in which Lambda attaches the functions to the network. */
  readonly permissions: readonly pulumi.Resource[];
  readonly #context: StackContext;
  readonly #invoker: LambdaFunction;
  readonly #poller: LambdaFunction;

  /** Creates the roles and the log groups. */
  constructor(context: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Functions', 'functions', {}, options);
    const { names, arns, settings } = context;
    this.#context = context;
    this.#invoker = new LambdaFunction(
      'fyrestream-transcoder-invoker',
      context,
      {
        name: names.invoker,
        principal: 'invoker',
        permissions: invokerPermissions(arns, settings),
      },
      { parent: this },
    );
    this.#poller = new LambdaFunction(
      'fyrestream-sqs-poller',
      context,
      { name: names.poller, principal: 'poller', permissions: pollerPermissions(arns, settings) },
      { parent: this },
    );
    this.permissions = [this.#invoker.permissions, this.#poller.permissions];
  }

  deploy({ ledger, network, queues, transcoder }: FunctionsArgs): void {
    const { names, settings } = this.#context;
    const invoker = this.#invoker.deploy({
      files: bundles.invoker,
      environment: invokerEnvironment(this.#context, {
        controlQueueUrl: queues.control.queue.url,
        taskDefinition: transcoder.taskDefinition,
        subnetIds: network.taskSubnetIds.apply((ids) => ids.join(',')),
        securityGroupId: network.transcoderSecurityGroupId,
      }),
      timeoutSeconds: queueLimits.invokerTimeoutSeconds,
      memoryMiB: 512,
      functionAttachment: network.functionAttachment,
      // A new release may query an index that the release before has not created.
      needs: [ledger.table],
    });
    for (const message of countedLogMessages) {
      const { namespace, metricName } = logMetric(names, message);
      new aws.cloudwatch.LogMetricFilter(
        message,
        {
          name: names.resource(message),
          logGroupName: this.#invoker.logGroup.name,
          pattern: `{ $.msg = "${message}" }`,
          metricTransformation: { namespace, name: metricName, value: '1' },
        },
        { parent: this },
      );
    }
    const poller = this.#poller.deploy({
      files: bundles.poller,
      environment: pollerEnvironment(this.#context),
      timeoutSeconds: queueLimits.pollerTimeoutSeconds,
      memoryMiB: 256,
      functionAttachment: network.functionAttachment,
      needs: [],
    });
    for (const [name, { queue }] of Object.entries({ uploads: queues.uploads, control: queues.control })) {
      new aws.lambda.EventSourceMapping(
        name,
        {
          eventSourceArn: queue.arn,
          functionName: poller.name,
          batchSize: queueLimits.batchSize,
          functionResponseTypes: ['ReportBatchItemFailures'],
          scalingConfig: { maximumConcurrency: settings.pollerConcurrency },
        },
        // Messages that arrive before the invoker exists would fail.
        { parent: this, dependsOn: [this.#poller.permissions, invoker] },
      );
    }
    this.registerOutputs({ poller: poller.name, invoker: invoker.name });
  }
}
