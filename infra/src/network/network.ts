import * as aws from '@pulumi/aws';
import * as awsx from '@pulumi/awsx';
import * as pulumi from '@pulumi/pulumi';
import type { Settings } from '../settings/settings-schema.ts';
import type { StackContext } from '../stack-context.ts';
import { interfaceEndpoints } from './interface-endpoints.ts';

const cidrBlock = '10.0.0.0/16';
const https = { protocol: 'tcp', fromPort: 443, toPort: 443 };

const natStrategies = { single: 'Single', 'per-az': 'OnePerAz', none: 'None' } as const satisfies Record<
  Settings['nat'],
  awsx.types.enums.ec2.NatGatewayStrategy
>;

/** The VPC of a stack: private subnets for all that runs, and ways out of them that media bytes do not pay for. */
export class Network extends pulumi.ComponentResource {
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly functionsSecurityGroupId: pulumi.Output<string>;
  readonly transcoderSecurityGroupId: pulumi.Output<string>;

  constructor(context: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Network', 'network', {}, options);
    const { names, place, settings } = context;
    const vpc = new awsx.ec2.Vpc(
      names.vpc,
      {
        cidrBlock,
        numberOfAvailabilityZones: settings.availabilityZones,
        subnetStrategy: 'Auto',
        subnetSpecs: [{ type: 'Public' }, { type: 'Private' }],
        natGateways: { strategy: natStrategies[settings.nat] },
        // Interface endpoints are found by the public names of their services.
        enableDnsHostnames: true,
        enableDnsSupport: true,
        // Free, and on every private route table: videos and the ledger never pass through NAT.
        vpcEndpointStrategy: 'Auto',
        vpcEndpointSpecs: ['s3', 'dynamodb'].map((service) => ({
          serviceName: `com.amazonaws.${place.region}.${service}`,
          vpcEndpointType: 'Gateway',
        })),
      },
      { parent: this, providers: [context.provider] },
    );
    this.privateSubnetIds = vpc.privateSubnetIds;
    const group = (name: string, description: string, egress: Egress[]) =>
      new aws.ec2.SecurityGroup(
        names.of(name),
        { name: names.of(name), description, vpcId: vpc.vpcId, ingress: [], egress },
        { parent: this },
      );
    const egress =
      settings.nat === 'none'
        ? this.#egressToEndpoints(context, vpc)
        : [{ ...https, cidrBlocks: ['0.0.0.0/0'], description: 'AWS services' }];
    this.functionsSecurityGroupId = group('functions', 'Poller and invoker: nobody calls in', egress).id;
    this.transcoderSecurityGroupId = group('transcoder', 'Transcoders: nobody calls in', egress).id;
    this.registerOutputs({ vpcId: vpc.vpcId, privateSubnetIds: this.privateSubnetIds });
  }

  /** Without NAT the services that are called stand in the subnets themselves. */
  #egressToEndpoints({ names, place, settings }: StackContext, vpc: awsx.ec2.Vpc): Egress[] {
    const endpoints = new aws.ec2.SecurityGroup(
      names.of('endpoints'),
      {
        name: names.of('endpoints'),
        description: 'Interface endpoints: called from within the VPC',
        vpcId: vpc.vpcId,
        ingress: [{ ...https, cidrBlocks: [cidrBlock], description: 'From the VPC' }],
        egress: [],
      },
      { parent: this },
    );
    for (const service of interfaceEndpoints(settings)) {
      new aws.ec2.VpcEndpoint(
        names.of(service.replaceAll('.', '-')),
        {
          vpcId: vpc.vpcId,
          vpcEndpointType: 'Interface',
          serviceName: `com.amazonaws.${place.region}.${service}`,
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
          { name: `com.amazonaws.${place.region}.${service}` },
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
