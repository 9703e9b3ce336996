import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { functionLogGroup } from '../names/stack-names.ts';
import type { Network } from '../network/network.ts';
import type { PolicyDocument } from '../permissions/policy-document.ts';
import { serviceTrustPolicy } from '../permissions/trust-policy.ts';
import type { StackContext } from '../stack-context.ts';

export interface LambdaFunctionArgs {
  /** Physical name. */
  readonly name: string;
  readonly principal: 'poller' | 'invoker';
  /** Paths of built files, relative to `infra`, by their name in the function's archive. */
  readonly files: Readonly<Record<string, string>>;
  readonly permissions: PolicyDocument;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  readonly network: Network;
}

/** A Lambda function in the private subnets, with its own role and a log group with limited retention. */
export class LambdaFunction extends pulumi.ComponentResource {
  readonly lambda: aws.lambda.Function;
  /** Must exist before an event source mapping is created. */
  readonly permissions: aws.iam.RolePolicy;
  readonly logGroup: aws.cloudwatch.LogGroup;

  constructor(
    name: string,
    { names, settings }: StackContext,
    args: LambdaFunctionArgs,
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
    this.lambda = new aws.lambda.Function(
      name,
      {
        name: args.name,
        runtime: 'nodejs24.x',
        architectures: ['arm64'],
        handler: 'main.handler',
        code: new pulumi.asset.AssetArchive(
          Object.fromEntries(
            Object.entries(args.files).map(([file, path]) => [file, new pulumi.asset.FileAsset(path)]),
          ),
        ),
        role: role.arn,
        timeout: args.timeoutSeconds,
        memorySize: args.memoryMiB,
        environment: { variables: args.environment },
        // The bundles write JSON lines.
        loggingConfig: { logFormat: 'Text', logGroup: this.logGroup.name },
        vpcConfig: {
          subnetIds: args.network.privateSubnetIds,
          securityGroupIds: [args.network.functionsSecurityGroupId],
        },
        // No reserved concurrency: a new account may have ten executions in all, and Lambda requires ten unreserved ones.
      },
      { ...child, dependsOn: [this.permissions] },
    );
    this.registerOutputs({ name: this.lambda.name });
  }
}
