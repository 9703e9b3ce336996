import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { trustOf } from '../permissions/trust.ts';
import { webhookPermissions } from '../permissions/webhook.ts';
import type { StackContext } from '../stack-context.ts';
import { jobEventPattern } from './event-patterns.ts';

export interface WebhookArgs {
  readonly url: string;
  /** Sent along in a header, so that the receiver knows who is speaking. */
  readonly key: string;
  readonly busName: pulumi.Input<string>;
}

/** As fast as a small receiver can take it; EventBridge keeps what is more and tries for a day. */
const postsPerSecond = 10;

/**
 * Posts job events to a URL. EventBridge does it and keeps the key in a secret of its own in Secrets Manager: no code of
 * ours ever holds it, and it is rotated there without a deployment.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export class Webhook extends pulumi.ComponentResource {
  constructor({ names, place }: StackContext, args: WebhookArgs, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Webhook', 'webhook', {}, options);
    const child = { parent: this };
    const connection = new aws.cloudwatch.EventConnection(
      'webhook',
      {
        name: names.of('webhook'),
        authorizationType: 'API_KEY',
        authParameters: { apiKey: { key: 'x-fyrestream-key', value: pulumi.secret(args.key) } },
      },
      // The first key comes from the configuration, later ones from whoever rotates it.
      { ...child, ignoreChanges: ['authParameters'] },
    );
    const destination = new aws.cloudwatch.EventApiDestination(
      'webhook',
      {
        name: names.of('webhook'),
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
        assumeRolePolicy: JSON.stringify(trustOf('events.amazonaws.com', place.accountId)),
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
        name: names.of('webhook'),
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
        // The event as it left the invoker, without the envelope of the bus.
        inputPath: '$.detail',
      },
      { ...child, dependsOn: [permissions] },
    );
    this.registerOutputs({ secretArn: connection.secretArn });
  }
}
