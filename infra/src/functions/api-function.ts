import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { apiEnvironment } from '../environment/api-environment.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Network } from '../network/network.ts';
import { apiPermissions } from '../permissions/api.ts';
import type { Queues } from '../queues/queues.ts';
import type { StackContext } from '../stack-context.ts';
import { bundles } from './bundles.ts';
import { LambdaFunction } from './lambda-function.ts';

export interface ApiFunctionArgs {
  readonly ledger: Ledger;
  readonly network: Network;
  readonly queues: Queues;
  /** Base URL of published outputs; null without delivery. */
  readonly deliveryUrl: pulumi.Input<string> | null;
  /** Where the events of webhooks are; null without webhooks. */
  readonly webhookVariables: Readonly<Record<string, pulumi.Input<string>>> | null;
}

/** A stream of events lasts less. */
const timeoutSeconds = 60;

/**
 * The HTTP API: a Lambda function behind a function URL. IAM authenticates its callers: they need `lambda:InvokeFunctionUrl` and
 * `lambda:InvokeFunction`, and nobody of another account has them.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export class ApiFunction extends pulumi.ComponentResource {
  /** In its role, Lambda attaches the function to the network. */
  readonly permissions: pulumi.Resource;
  readonly #context: StackContext;
  readonly #function: LambdaFunction;

  /** Creates the role and the log group. */
  constructor(context: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:ApiFunction', 'api', {}, options);
    const { names, arns, settings } = context;
    this.#context = context;
    this.#function = new LambdaFunction(
      'fyrestream-api',
      context,
      { name: names.api, principal: 'api', permissions: apiPermissions(arns, settings) },
      { parent: this },
    );
    this.permissions = this.#function.permissions;
  }

  /** @returns the URL of the API */
  deploy({ ledger, network, queues, ...args }: ApiFunctionArgs): pulumi.Output<string> {
    const lambda = this.#function.deploy({
      files: bundles.api,
      environment: apiEnvironment(this.#context, queues, args),
      timeoutSeconds,
      memoryMiB: 512,
      functionAttachment: network.functionAttachment,
      needs: [ledger.table],
    });
    const { functionUrl } = new aws.lambda.FunctionUrl(
      'fyrestream-api',
      {
        functionName: lambda.name,
        authorizationType: 'AWS_IAM',
        // Events reach their reader at once.
        invokeMode: 'RESPONSE_STREAM',
      },
      { parent: this },
    );
    this.registerOutputs({ url: functionUrl });
    return functionUrl;
  }
}
