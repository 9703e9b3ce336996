import type { Settings } from '@fyrestream/events';
import type { Statement } from './policy-document.ts';

/** Calls by which Lambda detaches a function from its former subnets, when a stack changes to `network: economy`. */
const detachActions = [
  'ec2:DescribeNetworkInterfaces',
  'ec2:DeleteNetworkInterface',
  'ec2:UnassignPrivateIpAddresses',
];

/** Calls by which Lambda attaches a function to its subnets. They support no resource-level permissions. */
const attachActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeSubnets',
  'ec2:AssignPrivateIpAddresses',
  ...detachActions,
];

/** Permissions by which Lambda receives from queues in the role of a function. The code may change how long a message is hidden. */
export function receiveStatement(queueArns: readonly string[]): Statement {
  return {
    Sid: 'ReceiveMessages',
    Effect: 'Allow',
    Action: [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
    ],
    Resource: [...queueArns],
  };
}

/**
 * Permissions that the Lambda service needs in the role of a function: write its log and attach it to the subnets. The
 * code of the function is denied the network interface calls.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security
 */
export function lambdaServiceStatements(
  network: Settings['network'],
  functionArn: string,
  logGroupArn: string,
): Statement[] {
  const networkInterfaceActions = network === 'private' ? attachActions : detachActions;
  return [
    {
      Sid: 'WriteLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [logGroupArn],
    },
    { Sid: 'UseSubnets', Effect: 'Allow', Action: networkInterfaceActions, Resource: ['*'] },
    {
      Sid: 'DenyUseByCode',
      Effect: 'Deny',
      Action: networkInterfaceActions,
      Resource: ['*'],
      Condition: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
    },
  ];
}
