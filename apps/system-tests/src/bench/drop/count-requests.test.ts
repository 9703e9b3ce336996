import { expect, it } from 'vitest';
import { countRequests } from './count-requests.ts';

it('averages the requests of a job by service and caller, without those of the person who uploads', () => {
  const counts = countRequests(
    {
      'operator s3:PutObject': 10,
      'operator dynamodb:GetItem': 100,
      'invoker s3:GetObject': 20,
      'worker s3:PutObject': 45,
      's3-notifications sqs:SendMessage': 10,
      'poller sqs:ReceiveMessage': 4,
      'poller lambda:InvokeFunction': 10,
    },
    10,
  );
  expect(counts.s3).toEqual({ all: 6.5, poller: 0, invoker: 2, worker: 4.5 });
  expect(counts.sqs).toEqual({ all: 1.4, poller: 0.4, invoker: 0, worker: 0 });
  expect(counts.dynamodb.all).toBe(0);
  expect(counts.lambda.poller).toBe(1);
});
