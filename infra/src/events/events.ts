import type { ControlMessage } from '@fyrestream/events';
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { deadLetterQueuePolicy } from '../permissions/dead-letter-queue.ts';
import { sweepSchedulePermissions } from '../permissions/sweep-schedule.ts';
import { jobEventsTopicPolicy } from '../permissions/topics.ts';
import { serviceTrustPolicy } from '../permissions/trust-policy.ts';
import { queueLimits } from '../queues/queue-limits.ts';
import type { Queues } from '../queues/queues.ts';
import type { StackContext } from '../stack-context.ts';
import { failedJobPattern, otherJobEventPattern, stoppedTaskPattern } from './event-patterns.ts';

/** Event routing: stopped tasks and the sweep schedule to the control queue, job events to a topic. */
export class Events extends pulumi.ComponentResource {
  readonly eventBusName: pulumi.Output<string>;
  readonly jobEventsTopicArn: pulumi.Output<string>;

  constructor(context: StackContext, queues: Queues, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Events', 'events', {}, options);
    this.#createStoppedTaskRule(context, queues);
    this.#createSweepSchedule(context, queues);
    const { eventBusName, jobEventsTopicArn } = this.#createJobEvents(context);
    this.eventBusName = eventBusName;
    this.jobEventsTopicArn = jobEventsTopicArn;
    this.registerOutputs({ jobEventsTopicArn });
  }

  /** ECS sends events to the default event bus only. */
  #createStoppedTaskRule({ names, arns }: StackContext, { control }: Queues): void {
    const rule = new aws.cloudwatch.EventRule(
      'task-stopped',
      {
        name: names.resource('task-stopped'),
        description: 'Transcoder tasks that stopped for any reason',
        eventPattern: JSON.stringify(stoppedTaskPattern(arns.cluster)),
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      'task-stopped',
      {
        rule: rule.name,
        targetId: 'control-queue',
        arn: control.queue.arn,
        // `redrive --control` sends it to the control queue again.
        deadLetterConfig: { arn: control.deadLetters.arn },
      },
      { parent: this, dependsOn: [control.policy] },
    );
  }

  #createSweepSchedule({ names, arns, location, settings }: StackContext, { control }: Queues): void {
    const role = new aws.iam.Role(
      'fyrestream-sweep',
      {
        name: names.role('sweep'),
        assumeRolePolicy: JSON.stringify(serviceTrustPolicy('scheduler.amazonaws.com', location.accountId)),
      },
      { parent: this },
    );
    const permissions = new aws.iam.RolePolicy(
      'fyrestream-sweep',
      { name: 'permissions', role: role.name, policy: JSON.stringify(sweepSchedulePermissions(arns)) },
      { parent: this },
    );
    const minutes = settings.sweepMinutes;
    new aws.scheduler.Schedule(
      'fyrestream-sweep',
      {
        name: names.sweep,
        description: 'Requests a sweep for jobs whose events were lost',
        scheduleExpression: `rate(${minutes} ${minutes === 1 ? 'minute' : 'minutes'})`,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: control.queue.arn,
          roleArn: role.arn,
          input: JSON.stringify({ kind: 'sweep-requested' } satisfies ControlMessage),
          // The next sweep follows within minutes.
          retryPolicy: { maximumRetryAttempts: 0 },
        },
      },
      { parent: this, dependsOn: [permissions] },
    );
  }

  #createJobEvents(context: StackContext) {
    const { names, arns } = context;
    const bus = new aws.cloudwatch.EventBus('fyrestream', { name: names.eventBus }, { parent: this });
    const topic = new aws.sns.Topic('fyrestream-job-events', { name: names.jobEvents }, { parent: this });
    const policy = new aws.sns.TopicPolicy(
      'fyrestream-job-events',
      {
        arn: topic.arn,
        policy: JSON.stringify(jobEventsTopicPolicy(arns.jobEvents)),
      },
      { parent: this },
    );
    const undelivered = this.#undeliveredEvents(context);
    for (const [name, pattern] of Object.entries({
      'job-failed': failedJobPattern,
      'job-events': otherJobEventPattern,
    })) {
      const rule = new aws.cloudwatch.EventRule(
        name,
        { name: names.resource(name), eventBusName: bus.name, eventPattern: JSON.stringify(pattern) },
        { parent: this },
      );
      new aws.cloudwatch.EventTarget(
        name,
        {
          rule: rule.name,
          eventBusName: bus.name,
          targetId: 'job-events-topic',
          arn: topic.arn,
          deadLetterConfig: { arn: undelivered },
        },
        { parent: this, dependsOn: [policy] },
      );
    }
    return { eventBusName: bus.name, jobEventsTopicArn: topic.arn };
  }

  /** The queue for job events that the topic did not take within a day. @returns its ARN */
  #undeliveredEvents({ names, arns }: StackContext): pulumi.Output<string> {
    const ruleArns = ['job-failed', 'job-events'].map((rule) => arns.ruleOnBus(names.resource(rule)));
    const queue = new aws.sqs.Queue(
      'fyrestream-undelivered-events',
      {
        name: names.undeliveredEvents,
        messageRetentionSeconds: queueLimits.deadLetterRetentionSeconds,
        sqsManagedSseEnabled: true,
      },
      { parent: this },
    );
    const policy = new aws.sqs.QueuePolicy(
      'fyrestream-undelivered-events',
      {
        queueUrl: queue.url,
        policy: JSON.stringify(deadLetterQueuePolicy(arns.undeliveredEvents, ruleArns)),
      },
      { parent: this },
    );
    // Targets are created after the policy that lets their rules send.
    return pulumi.all([queue.arn, policy.id]).apply(([arn]) => arn);
  }
}
