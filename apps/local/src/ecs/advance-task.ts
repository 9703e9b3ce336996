import type { ProcessIdentity } from './process-identity.ts';
import type { StopCode, TaskRecord, TaskStatus } from './task-record.ts';

/** The events in the life of a task. */
export type TaskChange =
  | { readonly change: 'scheduled' }
  | { readonly change: 'started'; readonly process: ProcessIdentity }
  | { readonly change: 'stop-requested'; readonly stopCode: StopCode; readonly reason: string }
  | {
      readonly change: 'exited';
      /** Null where the exit of the process was not observed. */
      readonly exitCode: number | null;
      readonly stopCode: StopCode;
      readonly reason: string;
      readonly containerReason: string | null;
    }
  | { readonly change: 'deprovisioned' };

/**
 * Returns the task after a change, with the next version. A change that is not possible in the current status returns the
 * task itself: a process may end while a person stops it.
 */
export function advanceTask(task: TaskRecord, change: TaskChange, atMilliseconds: number): TaskRecord {
  if (!possibleFrom[change.change].includes(task.lastStatus)) return task;
  const next = { ...task, version: task.version + 1 };
  switch (change.change) {
    case 'scheduled':
      return { ...next, lastStatus: 'PENDING' };
    case 'started':
      return {
        ...next,
        // A stop that was requested meanwhile stays requested.
        lastStatus: task.desiredStatus === 'STOPPED' ? 'STOPPING' : 'RUNNING',
        process: change.process,
        startedAt: atMilliseconds,
      };
    case 'stop-requested':
      if (task.desiredStatus === 'STOPPED') return task;
      return {
        ...next,
        lastStatus: task.lastStatus === 'RUNNING' ? 'STOPPING' : task.lastStatus,
        desiredStatus: 'STOPPED',
        stoppingAt: atMilliseconds,
        stopCode: change.stopCode,
        stoppedReason: change.reason,
      };
    case 'exited':
      return {
        ...next,
        lastStatus: 'DEPROVISIONING',
        desiredStatus: 'STOPPED',
        stoppingAt: task.stoppingAt ?? atMilliseconds,
        executionStoppedAt: atMilliseconds,
        exitCode: change.exitCode,
        // The first request is the reason.
        stopCode: task.stopCode ?? change.stopCode,
        stoppedReason: task.stoppedReason ?? change.reason,
        containerReason: change.containerReason,
      };
    case 'deprovisioned':
      return { ...next, lastStatus: 'STOPPED', stoppedAt: atMilliseconds };
  }
}

const possibleFrom: Readonly<Record<TaskChange['change'], readonly TaskStatus[]>> = {
  scheduled: ['PROVISIONING'],
  started: ['PENDING'],
  'stop-requested': ['PROVISIONING', 'PENDING', 'RUNNING'],
  exited: ['PROVISIONING', 'PENDING', 'RUNNING', 'STOPPING'],
  deprovisioned: ['DEPROVISIONING'],
};
