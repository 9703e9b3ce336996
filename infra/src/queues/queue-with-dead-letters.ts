import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { deadLetterQueuePolicy } from '../permissions/dead-letter-queue.ts';
import type { PolicyDocument } from '../permissions/policy-document.ts';
import { queueLimits } from './queue-limits.ts';

export interface WorkQueueArgs {
  readonly name: string;
  readonly deadLetterName: string;
  readonly deadLetterArn: string;
  readonly policy: PolicyDocument;
  /** Rules of EventBridge that send to the queue: what they cannot deliver becomes a dead letter too. */
  readonly ruleArns: readonly string[];
  readonly maxReceives: number;
}

/** A queue with its own dead-letter queue. */
export class QueueWithDeadLetters extends pulumi.ComponentResource {
  readonly queue: aws.sqs.Queue;
  readonly deadLetters: aws.sqs.Queue;
  /** Senders depend on it, so that they are allowed to send when they are created. */
  readonly policy: aws.sqs.QueuePolicy;

  constructor(name: string, args: WorkQueueArgs, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:WorkQueue', name, {}, options);
    const child = { parent: this };
    const deadLetterName = `${name}-dead-letters`;
    this.deadLetters = new aws.sqs.Queue(
      deadLetterName,
      {
        name: args.deadLetterName,
        messageRetentionSeconds: queueLimits.deadLetterRetentionSeconds,
        sqsManagedSseEnabled: true,
      },
      child,
    );
    this.queue = new aws.sqs.Queue(
      name,
      {
        name: args.name,
        visibilityTimeoutSeconds: queueLimits.visibilityTimeoutSeconds,
        messageRetentionSeconds: queueLimits.sourceRetentionSeconds,
        sqsManagedSseEnabled: true,
        redrivePolicy: pulumi.jsonStringify({
          deadLetterTargetArn: this.deadLetters.arn,
          maxReceiveCount: args.maxReceives,
        }),
      },
      child,
    );
    new aws.sqs.RedriveAllowPolicy(
      deadLetterName,
      {
        queueUrl: this.deadLetters.url,
        redriveAllowPolicy: pulumi.jsonStringify({
          redrivePermission: 'byQueue',
          sourceQueueArns: [this.queue.arn],
        }),
      },
      child,
    );
    new aws.sqs.QueuePolicy(
      deadLetterName,
      {
        queueUrl: this.deadLetters.url,
        policy: JSON.stringify(deadLetterQueuePolicy(args.deadLetterArn, args.ruleArns)),
      },
      child,
    );
    this.policy = new aws.sqs.QueuePolicy(
      name,
      { queueUrl: this.queue.url, policy: JSON.stringify(args.policy) },
      child,
    );
    this.registerOutputs({ url: this.queue.url });
  }
}
