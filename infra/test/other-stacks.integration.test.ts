import { describe, expect, it } from 'vitest';
import { findOldNode } from './recording/find-old-node.ts';
import { findResource, findResources, parseInput } from './recording/find-resource.ts';
import { recordProgram } from './recording/record-program.ts';
import { renderResourceTree } from './recording/render-resource-tree.ts';
import { unknown } from './recording/wire-values.ts';
import { readDevConfiguration } from './stack-configurations.ts';

describe('a preview', () => {
  it('shows the same resources and complete policies', async () => {
    const preview = await recordProgram({ stack: 'dev', config: readDevConfiguration(), preview: true });
    expect([preview.exitCode, preview.errors, preview.standardError]).toEqual([0, [], '']);
    await expect(renderResourceTree(preview)).toMatchFileSnapshot('dev-stack.resources.txt');
    for (const policy of findResources(preview, 'aws:iam/rolePolicy:RolePolicy')) {
      expect(parseInput(policy, 'policy')).toMatchObject({ Version: '2012-10-17' });
    }
    const invoker = findResource(preview, 'aws:lambda/function:Function', 'fyrestream-transcoder-invoker');
    const { variables } = invoker.inputs.environment as { variables: Record<string, string> };
    expect(variables).toMatchObject({
      FYRESTREAM_SUBNETS: unknown,
      FYRESTREAM_TASK_DEFINITION: unknown,
      FYRESTREAM_JOBS_TABLE: 'fyrestream-jobs-dev',
    });
  });
});

describe('a stack without NAT', () => {
  it('reaches only AWS, through endpoints, and has no budget if that is off', async () => {
    const stack = await recordProgram({
      stack: 'closed',
      config: { 'aws:region': 'us-east-1', 'fyrestream:nat': 'none', 'fyrestream:monthlyBudgetUsd': 'off' },
    });
    expect([stack.exitCode, stack.errors]).toEqual([0, []]);
    // Of an account without access to billing.
    expect(findResources(stack, 'aws:budgets/budget:Budget')).toEqual([]);
    expect(findResource(stack, 'awsx:ec2:Vpc').inputs).toMatchObject({ natGateways: { strategy: 'None' } });
    const endpoints = findResources(stack, 'aws:ec2/vpcEndpoint:VpcEndpoint');
    expect(
      endpoints.map(({ inputs }) => String(inputs.serviceName).replace('com.amazonaws.us-east-1.', '')),
    ).toEqual(['lambda', 'ecs', 'sqs', 'events', 'logs', 'ecr.api', 'ecr.dkr']);
    for (const { inputs } of endpoints) {
      expect(inputs).toMatchObject({
        privateDnsEnabled: true,
        subnetIds: ['subnet-private-1', 'subnet-private-2'],
        securityGroupIds: ['sg-fyrestream-endpoints-closed'],
      });
    }
    const transcoder = findResource(
      stack,
      'aws:ec2/securityGroup:SecurityGroup',
      'fyrestream-transcoder-closed',
    );
    expect(transcoder.inputs).toMatchObject({
      ingress: [],
      egress: [
        { securityGroups: ['sg-fyrestream-endpoints-closed'] },
        { prefixListIds: ['pl-s3', 'pl-dynamodb'] },
      ],
    });
  });
});

describe('a stack with an invalid setting of the AWS provider', () => {
  it('stops before it registers resources and names the setting', async () => {
    const config = { ...readDevConfiguration(), 'aws:profle': 'video' };
    const refused = await recordProgram({ stack: 'dev', preview: true, config });
    expect(refused.resources.map(({ type }) => type)).toEqual(['pulumi:pulumi:Stack']);
    expect(refused.errors.join('\n')).toContain('aws:profle is not a known setting');
  });
});

describe('a stack with `network: economy`', () => {
  it('has no NAT, no endpoint that costs anything, and no function in the VPC', async () => {
    const stack = await recordProgram({
      stack: 'cheap',
      config: { 'aws:region': 'us-east-1', 'fyrestream:network': 'economy' },
    });
    expect([stack.exitCode, stack.errors, stack.standardError]).toEqual([0, [], '']);
    expect(findResource(stack, 'awsx:ec2:Vpc').inputs).toMatchObject({
      natGateways: { strategy: 'None' },
      subnetSpecs: [{ type: 'Public' }],
      vpcEndpointSpecs: [{ vpcEndpointType: 'Gateway' }, { vpcEndpointType: 'Gateway' }],
    });
    expect(findResources(stack, 'aws:ec2/vpcEndpoint:VpcEndpoint')).toEqual([]);
    for (const { inputs } of findResources(stack, 'aws:lambda/function:Function')) {
      expect(inputs.vpcConfig).toBeUndefined();
    }
    const [group, ...others] = findResources(stack, 'aws:ec2/securityGroup:SecurityGroup');
    expect(others).toEqual([]);
    expect(group?.inputs).toMatchObject({
      name: 'fyrestream-transcoder-cheap',
      ingress: [],
      egress: [{ protocol: 'tcp', fromPort: 443, toPort: 443 }],
    });
    const invoker = findResource(stack, 'aws:lambda/function:Function', 'fyrestream-transcoder-invoker');
    expect(invoker.inputs.environment).toMatchObject({
      variables: {
        FYRESTREAM_SUBNETS: 'subnet-public-1,subnet-public-2',
        FYRESTREAM_ASSIGN_PUBLIC_IP: 'true',
      },
    });
    const policy = findResource(stack, 'aws:iam/rolePolicy:RolePolicy', 'fyrestream-transcoder-invoker');
    expect(JSON.stringify(policy.inputs)).not.toContain('ec2:CreateNetworkInterface');
    expect(stack.outputs.idleCostUsdPerMonth).toBeLessThan(5);
  });
});

const oldNode = findOldNode();

describe('an old Node', () => {
  // The pure test of `node-problem.mjs` covers machines that have none.
  it.skipIf(oldNode === null)('gets a sentence instead of a stack trace', async () => {
    const config = readDevConfiguration();
    const refused = await recordProgram({ stack: 'dev', config, preview: true, node: oldNode ?? '' });
    expect(refused.exitCode).not.toBe(0);
    expect(refused.resources.map(({ type }) => type)).toEqual(['pulumi:pulumi:Stack']);
    expect(refused.errors).toEqual([
      expect.stringMatching(/^Fyrestream needs Node 22\.18 or newer, and this is /),
    ]);
    expect(refused.standardError).not.toMatch(/\n\s+at |ERR_UNKNOWN_FILE_EXTENSION/);
  });
});

describe('a stack with invalid settings', () => {
  it('F08 stops before it registers resources, names each invalid setting and prints no stack trace', async () => {
    const refused = await recordProgram({
      stack: 'dev',
      preview: true,
      config: {
        ...readDevConfiguration(),
        'fyrestream:sourceBucketName': 'one-bucket',
        'fyrestream:outputBucketName': 'one-bucket',
        'fyrestream:natt': 'none',
      },
    });
    expect(refused.exitCode).not.toBe(0);
    expect(refused.resources.map(({ type }) => type)).toEqual(['pulumi:pulumi:Stack']);
    const output = refused.errors.join('\n') + refused.standardError;
    expect(output).toContain('fyrestream:natt is not a known setting');
    expect(output).toContain('fyrestream:outputBucketName: must differ from the source bucket');
    expect(output).not.toMatch(/\n\s+at /);
  });
});
