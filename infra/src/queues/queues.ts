import * as pulumi from '@pulumi/pulumi';
import { controlQueuePolicy } from '../permissions/control-queue.ts';
import { uploadQueuePolicy } from '../permissions/upload-queue.ts';
import type { StackContext } from '../stack-context.ts';
import { WorkQueue } from './work-queue.ts';

/** Uploads come over one queue, everything that Fyrestream tells itself over the other: a rush of one leaves the other free. */
export class Queues extends pulumi.ComponentResource {
  readonly uploads: WorkQueue;
  readonly control: WorkQueue;

  constructor({ names, arns, place }: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Queues', 'queues', {}, options);
    this.uploads = new WorkQueue(
      'fyrestream-sqs',
      {
        name: names.uploadQueue,
        deadLetterName: names.uploadDeadLetters,
        deadLetterArn: arns.uploadDeadLetters,
        policy: uploadQueuePolicy(arns, place.accountId),
      },
      { parent: this },
    );
    this.control = new WorkQueue(
      'fyrestream-control',
      {
        name: names.controlQueue,
        deadLetterName: names.controlDeadLetters,
        deadLetterArn: arns.controlDeadLetters,
        policy: controlQueuePolicy(arns),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
