import { expect, it } from 'vitest';
import { interfaceEndpoints } from '../../src/network/interface-endpoints.ts';
import { readRecordedCalls } from './recorded-call.ts';

/** S3 and DynamoDB have gateway endpoints, which are free. */
const gateways = ['s3', 'dynamodb'];
/** Lambda receives messages for the poller from outside the VPC. */
const callsOfLambda = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'];
/** A permission that ECS checks, no call. */
const permissionsOnly = ['iam:PassRole'];
/** Fargate pulls the image and writes the log through the network of the task. */
const callsOfFargate = ['ecr.api', 'ecr.dkr', 'logs'];

it('pays for no endpoint that nobody calls, and lacks none', () => {
  const called = readRecordedCalls()
    .filter(
      ({ principal, action }) =>
        isInNetwork(principal) && ![...callsOfLambda, ...permissionsOnly].includes(action),
    )
    .map(({ action }) => action.split(':')[0] ?? '')
    .filter((service) => !gateways.includes(service));
  expect(new Set(interfaceEndpoints({ network: 'private', nat: 'none' }))).toEqual(
    new Set([...called, ...callsOfFargate]),
  );
});

it('needs no endpoint with NAT or in public subnets', () => {
  expect(interfaceEndpoints({ network: 'private', nat: 'single' })).toEqual([]);
  expect(interfaceEndpoints({ network: 'economy', nat: 'none' })).toEqual([]);
});

function isInNetwork(principal: string): boolean {
  return ['poller', 'invoker', 'worker', 'api'].includes(principal);
}
