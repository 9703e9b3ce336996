import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { workerEnvironment } from '../environment/worker-environment.ts';
import { taskLogGroup } from '../names/stack-names.ts';
import { executionPermissions } from '../permissions/execution.ts';
import type { PolicyDocument } from '../permissions/policy-document.ts';
import { serviceTrustPolicy } from '../permissions/trust-policy.ts';
import { workerPermissions } from '../permissions/worker.ts';
import type { Queues } from '../queues/queues.ts';
import type { StackContext } from '../stack-context.ts';
import { containerDefinition } from './container-definition.ts';
import { TranscoderImage } from './transcoder-image.ts';

const capacityProviders = ['FARGATE', 'FARGATE_SPOT'];

/** The ECS cluster and the task definition of the worker. Each launch overrides the task size. */
export class Transcoder extends pulumi.ComponentResource {
  /** Family and revision. */
  readonly taskDefinition: pulumi.Output<string>;

  constructor(context: StackContext, queues: Queues, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Transcoder', 'transcoder', {}, options);
    const { names, arns, settings, location } = context;
    const child = { parent: this };
    const image = new TranscoderImage(context, child);
    const cluster = new aws.ecs.Cluster(
      'fyrestream',
      { name: names.cluster, settings: [{ name: 'containerInsights', value: 'disabled' }] },
      child,
    );
    new aws.ecs.ClusterCapacityProviders(
      'fyrestream',
      { clusterName: cluster.name, capacityProviders },
      child,
    );
    const logGroup = new aws.cloudwatch.LogGroup(
      'fyrestream-transcoder',
      { name: taskLogGroup(names.transcoder), retentionInDays: settings.logRetentionDays },
      child,
    );
    const taskRole = this.#role(context, 'worker', workerPermissions(arns));
    const executionRole = this.#role(context, 'execution', executionPermissions(arns));
    const { cpuUnits, memoryMiB, ephemeralStorageGiB } = settings.taskSize;
    const definition = new aws.ecs.TaskDefinition(
      'fyrestream-transcoder',
      {
        family: names.transcoder,
        requiresCompatibilities: ['FARGATE'],
        networkMode: 'awsvpc',
        cpu: String(cpuUnits),
        memory: String(memoryMiB),
        ephemeralStorage: { sizeInGib: ephemeralStorageGiB },
        runtimePlatform: {
          operatingSystemFamily: 'LINUX',
          cpuArchitecture: settings.architecture === 'arm64' ? 'ARM64' : 'X86_64',
        },
        taskRoleArn: taskRole.arn,
        executionRoleArn: executionRole.arn,
        volumes: [{ name: 'scratch' }],
        containerDefinitions: pulumi
          .all([image.uri, logGroup.name, queues.control.queue.url])
          .apply(([uri, group, controlQueueUrl]) =>
            JSON.stringify([
              containerDefinition({
                name: names.container,
                image: uri,
                environment: workerEnvironment(context, controlQueueUrl),
                logGroup: group,
                region: location.region,
              }),
            ]),
          ),
        // Launches that were planned before an update still refer to the previous revision.
        skipDestroy: true,
      },
      child,
    );
    this.taskDefinition = pulumi.interpolate`${definition.family}:${definition.revision}`;
    this.registerOutputs({ taskDefinition: this.taskDefinition });
  }

  #role({ names, location }: StackContext, principal: 'worker' | 'execution', permissions: PolicyDocument) {
    const name = `fyrestream-${principal}`;
    const role = new aws.iam.Role(
      name,
      {
        name: names.role(principal),
        assumeRolePolicy: JSON.stringify(serviceTrustPolicy('ecs-tasks.amazonaws.com', location.accountId)),
      },
      { parent: this },
    );
    new aws.iam.RolePolicy(
      name,
      { name: 'permissions', role: role.name, policy: JSON.stringify(permissions) },
      { parent: this },
    );
    return role;
  }
}
