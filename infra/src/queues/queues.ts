import * as pulumi from '@pulumi/pulumi';
import { controlQueuePolicy } from '../permissions/control-queue.ts';
import { uploadQueuePolicy } from '../permissions/upload-queue.ts';
import type { StackContext } from '../stack-context.ts';
import { queueLimits } from './queue-limits.ts';
import { QueueWithDeadLetters } from './queue-with-dead-letters.ts';

/** One queue for uploads, one for control messages, so that many uploads do not delay control messages. */
export class Queues extends pulumi.ComponentResource {
  readonly uploads: QueueWithDeadLetters;
  readonly control: QueueWithDeadLetters;

  constructor({ names, arns, location }: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Queues', 'queues', {}, options);
    this.uploads = new QueueWithDeadLetters(
      'fyrestream-sqs',
      {
        name: names.uploadQueue,
        deadLetterName: names.uploadDeadLetters,
        deadLetterArn: arns.uploadDeadLetters,
        policy: uploadQueuePolicy(arns, location.accountId),
        ruleArns: [],
        maxReceives: queueLimits.maxReceives,
      },
      { parent: this },
    );
    this.control = new QueueWithDeadLetters(
      'fyrestream-control',
      {
        name: names.controlQueue,
        deadLetterName: names.controlDeadLetters,
        deadLetterArn: arns.controlDeadLetters,
        policy: controlQueuePolicy(arns),
        ruleArns: [arns.stoppedTaskRule],
        maxReceives: queueLimits.maxReceives,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
