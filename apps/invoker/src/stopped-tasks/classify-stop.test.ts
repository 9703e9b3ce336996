import type { StoppedTask } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { classifyStop } from './classify-stop.ts';

const left: StoppedTask = {
  taskArn: 'arn:aws:ecs:eu-central-1:123456789012:task/fyrestream/0123',
  startedBy: 'job',
  stopCode: 'EssentialContainerExited',
  stoppedReason: 'Essential container in task exited',
  exitCode: 1,
  containerReason: null,
};

// Texts as ECS documents them: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
it.each<[string, Partial<StoppedTask>, string, string]>([
  [
    'F22 a Spot task is interrupted',
    { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.', exitCode: 143 },
    'interrupted',
    'spot-interrupted',
  ],
  ['F22 the worker received SIGTERM', { exitCode: 20 }, 'interrupted', 'task-stopped'],
  ['an operator stops the task', { stopCode: 'UserInitiated', exitCode: 137 }, 'interrupted', 'task-stopped'],
  [
    'the host of the task ends',
    { stopCode: 'TerminationNotice', stoppedReason: 'The host of the task ended.', exitCode: null },
    'interrupted',
    'task-stopped',
  ],
  [
    'F23 memory runs out',
    { exitCode: 137, containerReason: 'OutOfMemoryError: Container killed due to memory usage' },
    'outgrown',
    'out-of-memory',
  ],
  ['F23 the worker is killed', { exitCode: 137 }, 'failed', 'worker-killed'],
  ['F23 the worker crashes', { exitCode: 139 }, 'failed', 'worker-crashed'],
  ['the worker ends with a failure', { exitCode: 10 }, 'failed', 'worker-crashed'],
  ['the environment of the worker is incomplete', { exitCode: 2 }, 'failed', 'worker-misconfigured'],
  [
    'F16 its image cannot be pulled',
    {
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'CannotPullContainerError: pull image manifest has been retried 5 time(s)',
      exitCode: null,
    },
    'start-failed',
    'start-failed',
  ],
  [
    'F16 its secret cannot be had',
    {
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'ResourceInitializationError: unable to pull secrets or registry auth',
      exitCode: null,
    },
    'start-failed',
    'start-failed',
  ],
  [
    'F16 its role may not pull the image',
    {
      stopCode: 'TaskFailedToStart',
      stoppedReason:
        'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref r/i: unexpected status code 403 Forbidden',
      exitCode: null,
    },
    'start-failed',
    'start-failed',
  ],
  [
    'F16 its image is of another architecture',
    {
      stopCode: 'TaskFailedToStart',
      stoppedReason:
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
      exitCode: null,
    },
    'start-failed',
    'start-failed',
  ],
  [
    'F16 ECS forgot it',
    { stopCode: null, stoppedReason: 'ECS no longer knows the task.', exitCode: null },
    'failed',
    'task-lost',
  ],
])('%s', (_name, changes, end, code) => {
  const classification = classifyStop({ ...left, ...changes });
  expect(classification).toMatchObject({ end, reason: { code, retryable: true } });
  expect(classification.reason.message).toContain(changes.stoppedReason ?? left.stoppedReason);
});

// Texts from public reports of tasks that started at the next attempt.
it.each([
  ['Timeout waiting for network interface provisioning to complete.', 'no-network-interface'],
  ['InternalError: the network interface was not attached', 'no-network-interface'],
  [
    'Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in subnet subnet-1: InsufficientFreeAddressesInSubnet',
    'no-network-interface',
  ],
  [
    'ResourceInitializationError: failed to configure ENI: failed to setup regular eni',
    'no-network-interface',
  ],
  [
    'Capacity is unavailable at this time. Please try again later or in a different availability zone',
    'no-capacity',
  ],
  [
    'CannotPullContainerError: failed to resolve ref r/i: failed to do request: Head "https://r/v2/i": dial tcp 1.2.3.4:443: i/o timeout',
    'registry-unavailable',
  ],
  [
    'CannotPullContainerError: failed to copy: httpReadSeeker: failed open: unexpected EOF',
    'registry-unavailable',
  ],
  ['CannotPullContainerError: unexpected status code 503 Service Unavailable', 'registry-unavailable'],
  [
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed',
    'registry-unavailable',
  ],
  ['CannotPullContainerError: toomanyrequests: Rate exceeded', 'throttled'],
  ['Timeout waiting for EphemeralStorage provisioning to complete.', 'fargate-unavailable'],
  ['ResourceInitializationError: failed to validate logger args: : signal: killed', 'fargate-unavailable'],
])('F16 a task that AWS did not start costs no attempt: %s', (stoppedReason, code) => {
  const task = { ...left, stopCode: 'TaskFailedToStart', exitCode: null, stoppedReason };
  expect(classifyStop(task)).toMatchObject({ end: 'not-started', reason: { code, retryable: true } });
});

it('has a message if ECS gives no reason', () => {
  const task = { ...left, stoppedReason: null, exitCode: 139 };
  expect(classifyStop(task).reason.message).toBe('The worker ended with exit code 139.');
});
