import { expect, it } from 'vitest';
import { advanceTask, type TaskChange } from './advance-task.ts';
import type { TaskRecord, TaskStatus } from './task-record.ts';

const process = { pid: 7, startTimeTicks: '100', bootId: 'boot' };
const changes: Record<TaskChange['change'], TaskChange> = {
  scheduled: { change: 'scheduled' },
  started: { change: 'started', process },
  'stop-requested': { change: 'stop-requested', stopCode: 'UserInitiated', reason: 'enough' },
  exited: {
    change: 'exited',
    exitCode: 0,
    stopCode: 'EssentialContainerExited',
    reason: 'Essential container in task exited',
    containerReason: null,
  },
  deprovisioned: { change: 'deprovisioned' },
};

function taskIn(lastStatus: TaskStatus): TaskRecord {
  const desiredStatus = lastStatus === 'STOPPED' || lastStatus === 'DEPROVISIONING' ? 'STOPPED' : 'RUNNING';
  return { ...newTask, lastStatus, desiredStatus };
}

const newTask: TaskRecord = {
  taskId: 'id',
  taskArn: 'arn',
  containerArn: 'arn/container',
  clusterArn: 'cluster',
  taskDefinitionArn: 'definition',
  containerName: 'fyrestream-transcoder',
  group: 'family:fyrestream-transcoder-local',
  startedBy: null,
  capacityProvider: null,
  cpu: '1024',
  memory: '2048',
  ephemeralStorageGiB: 21,
  overrides: {},
  tags: [],
  clientToken: null,
  requestFingerprint: '',
  lastStatus: 'PROVISIONING',
  desiredStatus: 'RUNNING',
  version: 1,
  createdAt: 0,
  startedAt: null,
  stoppingAt: null,
  executionStoppedAt: null,
  stoppedAt: null,
  stopCode: null,
  stoppedReason: null,
  exitCode: null,
  containerReason: null,
  process: null,
  endAnnounced: false,
};

function live(...steps: TaskChange['change'][]): TaskRecord {
  return steps.reduce((task, step, index) => advanceTask(task, changes[step], index + 1), newTask);
}

it('goes from PROVISIONING to STOPPED, with a new version for each change', () => {
  const task = live('scheduled', 'started', 'exited', 'deprovisioned');
  expect(task).toMatchObject({
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    version: 5,
    startedAt: 2,
    stoppingAt: 3,
    executionStoppedAt: 3,
    stoppedAt: 4,
    exitCode: 0,
    stopCode: 'EssentialContainerExited',
  });
});

it('keeps the reason of the first request', () => {
  expect(live('scheduled', 'started', 'stop-requested', 'exited', 'deprovisioned')).toMatchObject({
    stopCode: 'UserInitiated',
    stoppedReason: 'enough',
    stoppingAt: 3,
    executionStoppedAt: 4,
  });
  const stopping = live('scheduled', 'started', 'stop-requested');
  expect(advanceTask(stopping, { ...changes['stop-requested'], reason: 'again' } as TaskChange, 9)).toBe(
    stopping,
  );
});

it('stops a task whose stop was requested before its process started', () => {
  expect(live('stop-requested', 'scheduled', 'started').lastStatus).toBe('STOPPING');
});

const possible: Record<TaskChange['change'], TaskStatus[]> = {
  scheduled: ['PROVISIONING'],
  started: ['PENDING'],
  'stop-requested': ['PROVISIONING', 'PENDING', 'RUNNING'],
  exited: ['PROVISIONING', 'PENDING', 'RUNNING', 'STOPPING'],
  deprovisioned: ['DEPROVISIONING'],
};
const statuses: TaskStatus[] = [
  'PROVISIONING',
  'PENDING',
  'RUNNING',
  'STOPPING',
  'DEPROVISIONING',
  'STOPPED',
];

for (const change of Object.values(changes)) {
  for (const status of statuses) {
    const can = possible[change.change].includes(status);
    it(`${can ? 'changes' : 'leaves'} a task in ${status} when ${change.change}`, () => {
      const task = taskIn(status);
      const after = advanceTask(task, change, 1);
      if (can) expect(after.version).toBe(task.version + 1);
      else expect(after).toBe(task);
    });
  }
}
