import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { killOrphanedProcesses } from './kill-orphaned-processes.ts';
import { identifyProcess } from './process-identity.ts';
import type { TaskRecord } from './task-record.ts';

const spawned: ChildProcess[] = [];
afterEach(() => {
  for (const child of spawned) child.kill('SIGKILL');
});

/** A process that leads its own session, like that of a task. */
async function startLeader(script: string, cwd = tmpdir()): Promise<ChildProcess> {
  const child = spawn('sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd,
  });
  spawned.push(child);
  await once(child.stdout, 'data');
  return child;
}

const taskWith = (process: TaskRecord['process']) => ({ process }) as TaskRecord;
const identityOf = (child: ChildProcess) => identifyProcess(child.pid ?? 0) ?? null;

it('kills the process of a task', async () => {
  const child = await startLeader('echo ready; exec sleep 600');
  killOrphanedProcesses(taskWith(identityOf(child)), '/no/such/directory');
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
});

it('kills the children of a process that has ended', async () => {
  const child = await startLeader('sleep 600 & echo ready; wait');
  const identity = identityOf(child);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const closed = once(child, 'close');
  killOrphanedProcesses(taskWith(identity), '/no/such/directory');
  // The child held the other end of the pipe.
  await closed;
});

it('finds a process that was started but never recorded', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'fyrestream-scratch-'));
  // As the worker does, it replaces itself by a process with another environment.
  const child = await startLeader('echo ready; exec env -i /bin/sleep 600', scratch);
  killOrphanedProcesses(taskWith(null), scratch);
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  rmSync(scratch, { recursive: true });
});

it('does not kill another process that got the same process id later', async () => {
  const child = await startLeader('echo ready; exec sleep 600');
  const identity = identityOf(child);
  if (identity === null) return expect.unreachable();
  killOrphanedProcesses(taskWith({ ...identity, startTimeTicks: '1' }), '/no/such/directory');
  killOrphanedProcesses(taskWith({ ...identity, bootId: 'another' }), '/no/such/directory');
  expect(identityOf(child)).toEqual(identity);
});
