import type { Statement } from './policy-document.ts';

/** Calls that Lambda makes to attach a function to its subnets. They know no resource, so each names all. */
const networkInterfaceActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * What Lambda itself does in the role of a function: write its log, and attach it to the subnets. The second it may only
 * do itself; the function's code is denied it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security
 */
export function functionPlatform(functionArn: string, logGroupArn: string): Statement[] {
  return [
    {
      Sid: 'WriteLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [logGroupArn],
    },
    { Sid: 'AttachToSubnets', Effect: 'Allow', Action: networkInterfaceActions, Resource: ['*'] },
    {
      Sid: 'CodeDoesNotAttach',
      Effect: 'Deny',
      Action: networkInterfaceActions,
      Resource: ['*'],
      Condition: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
    },
  ];
}
