import { expect, it } from 'vitest';
import { jobRecord } from '../../test/job-fixtures.ts';
import { describeWait } from './describe-wait.ts';

const reason = (code: string) => ({ code, message: 'm', retryable: true });
const launch = (taskArn: string | null) => ({ attempt: 1, taskArn }) as never;

it.each([
  ['its inspection', jobRecord({ awaitsInspection: true })],
  ['its launch', jobRecord()],
  ['a free place', jobRecord({ reason: reason('all-places-taken'), waitCount: 1 })],
  ['capacity', jobRecord({ reason: reason('no-capacity'), waitCount: 2 })],
  ['attempt 2', jobRecord({ reason: reason('ffmpeg-failed'), attempt: 1 })],
  ['its task', jobRecord({ launch: launch(null) })],
  ['its worker', jobRecord({ launch: launch('arn') })],
  [null, jobRecord({ status: 'running' })],
  [null, jobRecord({ status: 'held' })],
])('waits for %s', (wait, job) => {
  expect(describeWait(job)).toBe(wait);
});
