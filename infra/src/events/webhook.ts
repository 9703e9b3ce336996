import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { serviceTrustPolicy } from '../permissions/trust-policy.ts';
import { webhookPermissions } from '../permissions/webhook.ts';
import type { StackContext } from '../stack-context.ts';
import { jobEventPattern } from './event-patterns.ts';

export interface WebhookArgs {
  readonly url: string;
  /** Sent in a header, so that the receiver can authenticate the request. */
  readonly key: string;
  readonly busName: pulumi.Input<string>;
  /** The queue for events that the receiver did not take. */
  readonly undeliveredArn: pulumi.Input<string>;
}

/** Suits a small receiver. EventBridge queues events above the limit and retries for 24 hours. */
const postsPerSecond = 10;

/**
 * Posts job events to a URL with an EventBridge API destination. EventBridge stores the key in Secrets Manager, where it
 * can be rotated without a deployment; Fyrestream's code never reads it.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export class Webhook extends pulumi.ComponentResource {
  constructor(
    { names, location }: StackContext,
    args: WebhookArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('fyrestream:index:Webhook', 'webhook', {}, options);
    const child = { parent: this };
    const connection = new aws.cloudwatch.EventConnection(
      'webhook',
      {
        name: names.resource('webhook'),
        authorizationType: 'API_KEY',
        authParameters: { apiKey: { key: 'x-fyrestream-key', value: pulumi.secret(args.key) } },
      },
      // The configuration sets the first key; rotation replaces it outside of Pulumi.
      { ...child, ignoreChanges: ['authParameters'] },
    );
    const destination = new aws.cloudwatch.EventApiDestination(
      'webhook',
      {
        name: names.resource('webhook'),
        invocationEndpoint: args.url,
        httpMethod: 'POST',
        invocationRateLimitPerSecond: postsPerSecond,
        connectionArn: connection.arn,
      },
      child,
    );
    const role = new aws.iam.Role(
      'fyrestream-webhook',
      {
        name: names.role('webhook'),
        assumeRolePolicy: JSON.stringify(serviceTrustPolicy('events.amazonaws.com', location.accountId)),
      },
      child,
    );
    const permissions = new aws.iam.RolePolicy(
      'fyrestream-webhook',
      {
        name: 'permissions',
        role: role.name,
        policy: destination.arn.apply((arn) => JSON.stringify(webhookPermissions(arn))),
      },
      child,
    );
    const rule = new aws.cloudwatch.EventRule(
      'webhook',
      {
        name: names.resource('webhook'),
        eventBusName: args.busName,
        eventPattern: JSON.stringify(jobEventPattern),
      },
      child,
    );
    new aws.cloudwatch.EventTarget(
      'webhook',
      {
        rule: rule.name,
        eventBusName: args.busName,
        targetId: 'webhook',
        arn: destination.arn,
        roleArn: role.arn,
        deadLetterConfig: { arn: args.undeliveredArn },
        // The job event itself, without the EventBridge envelope.
        inputPath: '$.detail',
      },
      { ...child, dependsOn: [permissions] },
    );
    this.registerOutputs({ secretArn: connection.secretArn });
  }
}
