import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { notifierEnvironment } from '../environment/notifier-environment.ts';
import { jobEventPattern } from '../events/event-patterns.ts';
import { bundles } from '../functions/bundles.ts';
import { LambdaFunction } from '../functions/lambda-function.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Network } from '../network/network.ts';
import { notifierPermissions } from '../permissions/notifier.ts';
import { webhookQueuePolicy } from '../permissions/webhook-queue.ts';
import { queueLimits } from '../queues/queue-limits.ts';
import { QueueWithDeadLetters } from '../queues/queue-with-dead-letters.ts';
import type { StackContext } from '../stack-context.ts';

export interface WebhooksArgs {
  readonly ledger: Ledger;
  readonly network: Network;
  readonly eventBusName: pulumi.Input<string>;
}

/** Job events, by a rule and a queue, to the notifier, which posts them to the endpoints. */
export class Webhooks extends pulumi.ComponentResource {
  /** In which Lambda attaches the notifier to the network. */
  readonly permissions: pulumi.Resource;
  readonly queue: QueueWithDeadLetters;
  readonly #context: StackContext;
  readonly #notifier: LambdaFunction;
  readonly #hasInternet: boolean;

  /** Creates the role, the queue, and a secret without a value for each endpoint: no program of a deployment knows one. */
  constructor(context: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Webhooks', 'webhooks', {}, options);
    const { names, arns, settings } = context;
    this.#context = context;
    // Without NAT, the notifier runs outside the VPC, from which the internet cannot be reached.
    this.#hasInternet = settings.nat !== 'none';
    this.#notifier = new LambdaFunction(
      'fyrestream-notifier',
      context,
      {
        name: names.notifier,
        principal: 'notifier',
        permissions: notifierPermissions(arns, settings, this.#hasInternet ? settings.network : 'economy'),
      },
      { parent: this },
    );
    this.permissions = this.#notifier.permissions;
    this.queue = new QueueWithDeadLetters(
      'fyrestream-webhooks',
      {
        name: names.webhookQueue,
        deadLetterName: names.webhookDeadLetters,
        deadLetterArn: arns.webhookDeadLetters,
        policy: webhookQueuePolicy(arns),
        ruleArns: [arns.webhookRule],
        maxReceives: queueLimits.maxDeliveryAttempts,
      },
      { parent: this },
    );
    for (const name of Object.keys(settings.webhooks)) {
      new aws.secretsmanager.Secret(
        `webhook-${name}`,
        {
          name: names.webhookSecret(name),
          description: `Signs the job events for the webhook ${name}`,
          // An endpoint that is removed and added again could not have its name back for a week.
          recoveryWindowInDays: 0,
        },
        { parent: this },
      );
    }
  }

  deploy({ ledger, network, eventBusName }: WebhooksArgs): void {
    const { names, settings } = this.#context;
    const { queue, deadLetters, policy } = this.queue;
    const notifier = this.#notifier.deploy({
      files: bundles.notifier,
      environment: notifierEnvironment(this.#context, { queue: queue.url, deadLetters: deadLetters.url }),
      timeoutSeconds: queueLimits.notifierTimeoutSeconds,
      memoryMiB: 256,
      functionAttachment: this.#hasInternet ? network.functionAttachment : null,
      needs: [ledger.table],
    });
    new aws.lambda.EventSourceMapping(
      'webhooks',
      {
        eventSourceArn: queue.arn,
        functionName: notifier.name,
        batchSize: queueLimits.batchSize,
        functionResponseTypes: ['ReportBatchItemFailures'],
        scalingConfig: { maximumConcurrency: settings.pollerConcurrency },
      },
      { parent: this, dependsOn: [this.#notifier.permissions] },
    );
    const rule = new aws.cloudwatch.EventRule(
      'webhooks',
      {
        name: names.resource('webhooks'),
        eventBusName,
        eventPattern: JSON.stringify(jobEventPattern),
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      'webhooks',
      {
        rule: rule.name,
        eventBusName,
        targetId: 'webhook-queue',
        arn: queue.arn,
        // `redrive --webhooks` sends it to the queue again.
        deadLetterConfig: { arn: deadLetters.arn },
      },
      { parent: this, dependsOn: [policy] },
    );
    this.registerOutputs({ notifier: notifier.name });
  }
}
