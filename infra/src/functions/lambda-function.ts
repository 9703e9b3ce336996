import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { functionLogGroup } from '../names/stack-names.ts';
import type { FunctionAttachment } from '../network/network.ts';
import type { PolicyDocument } from '../permissions/policy-document.ts';
import { serviceTrustPolicy } from '../permissions/trust-policy.ts';
import type { StackContext } from '../stack-context.ts';

export interface FunctionRoleArgs {
  /** Physical name. */
  readonly name: string;
  readonly principal: 'poller' | 'invoker' | 'notifier' | 'api';
  readonly permissions: PolicyDocument;
}

export interface FunctionCodeArgs {
  /** Paths of built files, relative to `infra`, by their name in the function's archive. */
  readonly files: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  /** Null where it runs outside the VPC. */
  readonly functionAttachment: FunctionAttachment | null;
  /** What the code needs when it starts: an update changes it before the code. */
  readonly needs: readonly pulumi.Resource[];
}

/**
 * A Lambda function with its own role and a log group with limited retention. The role exists before the network, the function
 * after it, so that they are deleted in the opposite order.
 */
export class LambdaFunction extends pulumi.ComponentResource {
  /** Must exist before an event source mapping and the network interfaces of the function. */
  readonly permissions: aws.iam.RolePolicy;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly #name: string;
  readonly #functionName: string;
  readonly #roleArn: pulumi.Output<string>;

  constructor(
    name: string,
    { names, settings }: StackContext,
    args: FunctionRoleArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('fyrestream:index:LambdaFunction', name, {}, options);
    const child = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        name: names.role(args.principal),
        assumeRolePolicy: JSON.stringify(serviceTrustPolicy('lambda.amazonaws.com')),
      },
      child,
    );
    this.permissions = new aws.iam.RolePolicy(
      name,
      { name: 'permissions', role: role.name, policy: JSON.stringify(args.permissions) },
      child,
    );
    this.logGroup = new aws.cloudwatch.LogGroup(
      name,
      { name: functionLogGroup(args.name), retentionInDays: settings.logRetentionDays },
      child,
    );
    this.#name = name;
    this.#functionName = args.name;
    this.#roleArn = role.arn;
  }

  deploy(args: FunctionCodeArgs): aws.lambda.Function {
    const { functionAttachment } = args;
    const lambda = new aws.lambda.Function(
      this.#name,
      {
        name: this.#functionName,
        runtime: 'nodejs24.x',
        architectures: ['arm64'],
        handler: 'main.handler',
        code: new pulumi.asset.AssetArchive(
          Object.fromEntries(
            Object.entries(args.files).map(([file, path]) => [file, new pulumi.asset.FileAsset(path)]),
          ),
        ),
        role: this.#roleArn,
        timeout: args.timeoutSeconds,
        memorySize: args.memoryMiB,
        environment: { variables: args.environment },
        // The bundles write JSON lines.
        loggingConfig: { logFormat: 'Text', logGroup: this.logGroup.name },
        ...(functionAttachment && { vpcConfig: functionAttachment }),
        // No reserved concurrency: a new account may have ten executions in all, and Lambda requires ten unreserved ones.
      },
      { parent: this, dependsOn: [this.permissions, ...args.needs] },
    );
    this.registerOutputs({ name: lambda.name });
    return lambda;
  }
}
