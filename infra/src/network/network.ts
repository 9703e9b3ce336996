import type { Settings } from '@fyrestream/events';
import * as aws from '@pulumi/aws';
import * as awsx from '@pulumi/awsx';
import * as pulumi from '@pulumi/pulumi';
import type { StackContext } from '../stack-context.ts';
import { interfaceEndpoints } from './interface-endpoints.ts';

const cidrBlock = '10.0.0.0/16';
const https = { protocol: 'tcp', fromPort: 443, toPort: 443 };

const natStrategies = { single: 'Single', 'per-az': 'OnePerAz', none: 'None' } as const satisfies Record<
  Settings['nat'],
  awsx.types.enums.ec2.NatGatewayStrategy
>;

/** The subnets and the security group of a function. */
export interface FunctionAttachment {
  readonly subnetIds: pulumi.Input<string[]>;
  readonly securityGroupIds: pulumi.Input<string>[];
}

/**
 * The VPC. Private: subnets for functions and tasks behind NAT or endpoints. Economy: public subnets for tasks only. Media
 * bytes use free gateway endpoints in both.
 */
export class Network extends pulumi.ComponentResource {
  readonly taskSubnetIds: pulumi.Output<string[]>;
  readonly transcoderSecurityGroupId: pulumi.Output<string>;
  /** Null where functions run outside the VPC. */
  readonly functionAttachment: FunctionAttachment | null;

  /**
   * @param functionPermissions Lambda removes the network interfaces of a function in the role of the function, up to 45 minutes
   * after the function itself. The security group cannot be deleted before: `pulumi destroy` keeps the permissions until then.
   */
  constructor(
    context: StackContext,
    functionPermissions: readonly pulumi.Resource[],
    options: pulumi.ComponentResourceOptions,
  ) {
    super('fyrestream:index:Network', 'network', {}, options);
    const { names, location, settings } = context;
    const isPrivate = settings.network === 'private';
    const vpc = new awsx.ec2.Vpc(
      names.vpc,
      {
        cidrBlock,
        numberOfAvailabilityZones: settings.availabilityZones,
        subnetStrategy: 'Auto',
        subnetSpecs: isPrivate ? [{ type: 'Public' }, { type: 'Private' }] : [{ type: 'Public' }],
        natGateways: { strategy: isPrivate ? natStrategies[settings.nat] : 'None' },
        // Private DNS of interface endpoints needs both.
        enableDnsHostnames: true,
        enableDnsSupport: true,
        // Gateway endpoints are free; traffic to S3 and DynamoDB never passes NAT.
        vpcEndpointStrategy: 'Auto',
        vpcEndpointSpecs: ['s3', 'dynamodb'].map((service) => ({
          serviceName: `com.amazonaws.${location.region}.${service}`,
          vpcEndpointType: 'Gateway',
        })),
      },
      { parent: this, providers: [context.provider] },
    );
    this.taskSubnetIds = isPrivate ? vpc.privateSubnetIds : vpc.publicSubnetIds;
    // AWS cannot change the description of a security group: a new one replaces the group.
    const group = (
      name: string,
      description: string,
      egress: Egress[],
      dependsOn: readonly pulumi.Resource[] = [],
    ) =>
      new aws.ec2.SecurityGroup(
        names.resource(name),
        { name: names.resource(name), description, vpcId: vpc.vpcId, ingress: [], egress },
        { parent: this, dependsOn: [...dependsOn] },
      ).id;
    const egress =
      isPrivate && settings.nat === 'none'
        ? this.#egressToEndpoints(context, vpc)
        : [{ ...https, cidrBlocks: ['0.0.0.0/0'], description: 'AWS services' }];
    this.transcoderSecurityGroupId = group('transcoder', 'Transcoders: nobody calls in', egress);
    this.functionAttachment = isPrivate
      ? {
          subnetIds: vpc.privateSubnetIds,
          securityGroupIds: [
            group('functions', 'Poller and invoker: nobody calls in', egress, functionPermissions),
          ],
        }
      : null;
    this.registerOutputs({ vpcId: vpc.vpcId, taskSubnetIds: this.taskSubnetIds });
  }

  /** Without NAT: creates interface endpoints in the subnets and allows traffic to them only. */
  #egressToEndpoints({ names, location, settings }: StackContext, vpc: awsx.ec2.Vpc): Egress[] {
    const endpoints = new aws.ec2.SecurityGroup(
      names.resource('endpoints'),
      {
        name: names.resource('endpoints'),
        description: 'Interface endpoints: called from within the VPC',
        vpcId: vpc.vpcId,
        ingress: [{ ...https, cidrBlocks: [cidrBlock], description: 'From the VPC' }],
        egress: [],
      },
      { parent: this },
    );
    for (const service of interfaceEndpoints(settings)) {
      new aws.ec2.VpcEndpoint(
        names.resource(service.replaceAll('.', '-')),
        {
          vpcId: vpc.vpcId,
          vpcEndpointType: 'Interface',
          serviceName: `com.amazonaws.${location.region}.${service}`,
          subnetIds: vpc.privateSubnetIds,
          securityGroupIds: [endpoints.id],
          privateDnsEnabled: true,
        },
        { parent: this },
      );
    }
    const prefixLists = ['s3', 'dynamodb'].map(
      (service) =>
        aws.ec2.getManagedPrefixListOutput(
          { name: `com.amazonaws.${location.region}.${service}` },
          { parent: this },
        ).id,
    );
    return [
      { ...https, securityGroups: [endpoints.id], description: 'AWS services in the VPC' },
      { ...https, prefixListIds: prefixLists, description: 'S3 and DynamoDB' },
    ];
  }
}

type Egress = aws.types.input.ec2.SecurityGroupEgress;
