import type { Statement } from './policy-document.ts';

/** Calls by which Lambda attaches a function to its subnets. They support no resource-level permissions. */
const networkInterfaceActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Permissions that the Lambda service needs in the role of a function: write its log and attach it to the subnets. The
 * code of the function is denied the network interface calls.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security
 */
export function lambdaServiceStatements(functionArn: string, logGroupArn: string): Statement[] {
  return [
    {
      Sid: 'WriteLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [logGroupArn],
    },
    { Sid: 'AttachToSubnets', Effect: 'Allow', Action: networkInterfaceActions, Resource: ['*'] },
    {
      Sid: 'DenyAttachByCode',
      Effect: 'Deny',
      Action: networkInterfaceActions,
      Resource: ['*'],
      Condition: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
    },
  ];
}
