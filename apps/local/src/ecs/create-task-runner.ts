import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError } from '../local-error.ts';
import type { TaskDefinition } from '../topology.ts';
import { advanceTask, type TaskChange } from './advance-task.ts';
import { killOrphanedProcesses } from './kill-orphaned-processes.ts';
import type { TaskStore } from './open-task-store.ts';
import { startTaskProcess, type TaskExit, type TaskProcess } from './task-process.ts';
import type { StopCode, TaskRecord } from './task-record.ts';

/** Runs the tasks of the task store. */
export interface TaskRunner {
  /** Ends the tasks of an earlier process, and publishes the events that it had not published. Call it once, first. */
  readonly recover: () => Promise<void>;
  /** Starts a new task in the background, as ECS does. */
  readonly start: (task: TaskRecord) => void;
  /** Requests the stop of a task, which ends later. Returns the changed task. */
  readonly requestStop: (
    task: TaskRecord,
    stopCode: StopCode,
    reason: string,
    timeoutSeconds?: number,
  ) => TaskRecord;
  readonly hasRunningTasks: () => boolean;
  /** Stops all tasks. Resolves when they have ended and their events are published. */
  readonly stop: (timeoutSeconds: number) => Promise<void>;
}

export interface TaskRunnerDependencies {
  readonly store: TaskStore;
  readonly definition: TaskDefinition;
  readonly scratchDirectory: string;
  readonly logDirectory: string;
  /** The environment variables of the container. */
  readonly environmentOf: (task: TaskRecord, scratchDirectory: string) => Readonly<Record<string, string>>;
  /** Publishes the task state change event. Rejects where that fails. */
  readonly publish: (task: TaskRecord) => Promise<void>;
  readonly nowMilliseconds: () => number;
  readonly log: (line: string) => void;
}

export function createTaskRunner(dependencies: TaskRunnerDependencies): TaskRunner {
  const { store, definition, log } = dependencies;
  const processes = new Map<string, TaskProcess>();
  const running = new Map<string, Promise<void>>();
  const scratchOf = (taskId: string) => join(dependencies.scratchDirectory, taskId);

  const apply = async (taskId: string, change: TaskChange): Promise<TaskRecord> => {
    const before = existing(store, taskId);
    const after = advanceTask(before, change, dependencies.nowMilliseconds());
    if (after === before) return before;
    store.save(after);
    await report(after);
    return after;
  };
  const report = async (task: TaskRecord) => {
    try {
      await dependencies.publish(task);
      if (task.lastStatus === 'STOPPED') store.save({ ...task, endAnnounced: true });
    } catch (error) {
      log(`task ${task.taskId}: its change to ${task.lastStatus} was not published: ${String(error)}`);
    }
  };
  const end = async (taskId: string, exit: Omit<TaskChange & { change: 'exited' }, 'change'>) => {
    await apply(taskId, { change: 'exited', ...exit });
    rmSync(scratchOf(taskId), { recursive: true, force: true });
    await apply(taskId, { change: 'deprovisioned' });
  };

  const runToEnd = async (taskId: string) => {
    await apply(taskId, { change: 'scheduled' });
    const task = existing(store, taskId);
    if (task.desiredStatus === 'STOPPED')
      return await end(taskId, notStarted('Task stopped before it started'));
    const started = launch(dependencies, task, scratchOf(taskId));
    if (started === undefined) {
      return await end(
        taskId,
        notStarted(`CannotPullContainerError: ${definition.bundlePath} cannot be run`),
      );
    }
    processes.set(taskId, started);
    await apply(taskId, { change: 'started', process: started.identity });
    const exit = await started.exited;
    processes.delete(taskId);
    await end(taskId, exitOf(exit));
  };

  return {
    recover: async () => {
      for (const task of store.all()) {
        if (task.lastStatus === 'STOPPED') {
          if (!task.endAnnounced) await report(task);
          continue;
        }
        killOrphanedProcesses(task, scratchOf(task.taskId));
        log(`task ${task.taskId}: ended with the local cloud that ran it`);
        await end(task.taskId, {
          exitCode: null,
          stopCode: 'TerminationNotice',
          reason: 'The host of the task ended.',
          containerReason: null,
        });
      }
    },
    start: (task) => {
      const ended = runToEnd(task.taskId)
        .catch((error: unknown) => log(`task ${task.taskId}: ${String(error)}`))
        .finally(() => running.delete(task.taskId));
      running.set(task.taskId, ended);
    },
    requestStop: (task, stopCode, reason, timeoutSeconds = definition.stopTimeoutSeconds) => {
      const stopping = advanceTask(
        task,
        { change: 'stop-requested', stopCode, reason },
        dependencies.nowMilliseconds(),
      );
      if (stopping !== task) {
        store.save(stopping);
        void report(stopping);
      }
      processes.get(task.taskId)?.stop(timeoutSeconds);
      return stopping;
    },
    hasRunningTasks: () => running.size > 0,
    stop: async (timeoutSeconds) => {
      for (const taskId of running.keys()) {
        const task = existing(store, taskId);
        const stopping = advanceTask(
          task,
          { change: 'stop-requested', stopCode: 'TerminationNotice', reason: 'The local cloud is stopping.' },
          dependencies.nowMilliseconds(),
        );
        store.save(stopping);
        processes.get(taskId)?.stop(timeoutSeconds);
      }
      await Promise.all(running.values());
    },
  };
}

function launch(
  dependencies: TaskRunnerDependencies,
  task: TaskRecord,
  scratch: string,
): TaskProcess | undefined {
  if (!existsSync(dependencies.definition.bundlePath)) return undefined;
  mkdirSync(scratch, { recursive: true });
  return startTaskProcess({
    bundlePath: dependencies.definition.bundlePath,
    environment: dependencies.environmentOf(task, scratch),
    workingDirectory: scratch,
    logFile: join(dependencies.logDirectory, `${dependencies.definition.family}-${task.taskId}.log`),
  });
}

function exitOf({ exitCode }: TaskExit) {
  return {
    exitCode,
    stopCode: 'EssentialContainerExited' as const,
    reason: 'Essential container in task exited',
    containerReason: null,
  };
}

function notStarted(reason: string) {
  return { exitCode: null, stopCode: 'TaskFailedToStart' as const, reason, containerReason: null };
}

function existing(store: TaskStore, taskId: string): TaskRecord {
  const task = store.find(taskId);
  if (task === undefined) {
    throw new LocalError({ code: 'task-unknown', message: `There is no task ${taskId}.`, retryable: false });
  }
  return task;
}
