import type { RecordedResource } from './recorded-resource.ts';

/** Outputs of resources and functions in a cloud where every call succeeds. */
export interface FakeCloud {
  readonly create: (resource: RecordedResource) => { id: string; outputs: Record<string, unknown> };
  readonly invoke: (token: string, args: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

export const accountId = '123456789012';

/** Outputs have the format of real ones, so that tests see a wrong reference in a policy or variable. */
export function createFakeCloud(region: string): FakeCloud {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  const byName =
    (service: string, prefix = '') =>
    ({ name }: Inputs) => ({
      id: name,
      arn: arn(service, `${prefix}${name}`),
    });
  const outputsByType: Record<string, (inputs: Inputs, name: string) => Record<string, unknown>> = {
    'aws:s3/bucket:Bucket': ({ bucket }) => ({
      id: bucket,
      arn: `arn:aws:s3:::${bucket}`,
      bucketRegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
    }),
    'aws:sqs/queue:Queue': ({ name }) => {
      const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
      return { id: url, url, arn: arn('sqs', name) };
    },
    'aws:dynamodb/table:Table': byName('dynamodb', 'table/'),
    'aws:iam/role:Role': ({ name }) => ({ id: name, arn: `arn:aws:iam::${accountId}:role/${name}` }),
    'aws:lambda/function:Function': byName('lambda', 'function:'),
    'aws:lambda/functionUrl:FunctionUrl': () => ({
      functionUrl: `https://abcdefghijklmnopqrstuvwxyz012345.lambda-url.${region}.on.aws/`,
    }),
    'aws:cloudwatch/logGroup:LogGroup': byName('logs', 'log-group:'),
    'aws:cloudwatch/eventBus:EventBus': byName('events', 'event-bus/'),
    'aws:cloudwatch/eventRule:EventRule': ({ name, eventBusName }) => ({
      id: name,
      arn: arn('events', `rule/${eventBusName ? `${eventBusName}/` : ''}${name}`),
    }),
    'aws:secretsmanager/secret:Secret': byName('secretsmanager', 'secret:'),
    'aws:sns/topic:Topic': ({ name }) => ({ id: arn('sns', name), arn: arn('sns', name) }),
    'aws:ecs/cluster:Cluster': byName('ecs', 'cluster/'),
    'aws:ecs/taskDefinition:TaskDefinition': ({ family }) => ({
      id: family,
      revision: 7,
      arn: arn('ecs', `task-definition/${family}:7`),
    }),
    'aws:cloudfront/distribution:Distribution': () => ({
      id: 'E2EXAMPLE',
      arn: `arn:aws:cloudfront::${accountId}:distribution/E2EXAMPLE`,
      domainName: 'd111111abcdef8.cloudfront.net',
    }),
    'aws:ec2/securityGroup:SecurityGroup': ({ name }) => ({ id: `sg-${name}` }),
    'awsx:ec2:Vpc': () => ({
      vpcId: 'vpc-1',
      publicSubnetIds: ['subnet-public-1', 'subnet-public-2'],
      privateSubnetIds: ['subnet-private-1', 'subnet-private-2'],
    }),
    'awsx:ecr:Repository': ({ name }) => ({
      url: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
      arn: arn('ecr', `repository/${name}`),
    }),
    'awsx:ecr:Image': ({ repositoryUrl }) => ({ imageUri: `${repositoryUrl}@sha256:${'0'.repeat(64)}` }),
  };
  return {
    create: ({ type, name, inputs }) => {
      const { id = `${name}-id`, ...outputs } = outputsByType[type]?.(inputs as Inputs, name) ?? {};
      return { id: String(id), outputs };
    },
    invoke: (token, args) => {
      if (token === 'aws:index/getCallerIdentity:getCallerIdentity')
        return { id: accountId, accountId, arn: `arn:aws:iam::${accountId}:user/operator`, userId: 'AIDA' };
      if (token === 'aws:ec2/getManagedPrefixList:getManagedPrefixList')
        return { id: `pl-${String(args.name).split('.').at(-1)}`, name: args.name };
      return {};
    },
  };
}

/** The inputs that outputs are computed from; all are strings. */
type Inputs = Readonly<Record<'name' | 'bucket' | 'family' | 'repositoryUrl' | 'eventBusName', string>>;
