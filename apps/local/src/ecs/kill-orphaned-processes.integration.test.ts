import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { killOrphanedProcesses } from './kill-orphaned-processes.ts';
import { identifyProcess } from './process-identity.ts';
import type { TaskRecord } from './task-record.ts';

const spawned: ChildProcess[] = [];
afterEach(() => {
  for (const child of spawned) child.kill('SIGKILL');
});

/** A process that leads its own session, like that of a task. */
async function startLeader(script: string, mark = ''): Promise<ChildProcess> {
  const child = spawn('sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, ECS_CONTAINER_METADATA_URI_V4: `http://127.0.0.1:1${mark}` },
  });
  spawned.push(child);
  await once(child.stdout, 'data');
  return child;
}

const taskWith = (process: TaskRecord['process']) => ({ process }) as TaskRecord;
const identityOf = (child: ChildProcess) => identifyProcess(child.pid ?? 0) ?? null;

it('kills the process of a task', async () => {
  const child = await startLeader('echo ready; exec sleep 600');
  killOrphanedProcesses(taskWith(identityOf(child)), '/v4/none');
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
});

it('kills the children of a process that has ended', async () => {
  const child = await startLeader('sleep 600 & echo ready; wait');
  const identity = identityOf(child);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const closed = once(child, 'close');
  killOrphanedProcesses(taskWith(identity), '/v4/none');
  // The child held the other end of the pipe.
  await closed;
});

it('finds a process that was started but never recorded', async () => {
  const mark = `/v4/${randomUUID()}`;
  // Without `exec`, because during it the environment of a process cannot be read.
  const child = await startLeader('echo ready; kill -STOP $$', mark);
  killOrphanedProcesses(taskWith(null), mark);
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
});

it('does not kill another process that got the same process id later', async () => {
  const child = await startLeader('echo ready; exec sleep 600');
  const identity = identityOf(child);
  if (identity === null) return expect.unreachable();
  killOrphanedProcesses(taskWith({ ...identity, startTimeTicks: '1' }), '/v4/none');
  killOrphanedProcesses(taskWith({ ...identity, bootId: 'another' }), '/v4/none');
  expect(identityOf(child)).toEqual(identity);
});
