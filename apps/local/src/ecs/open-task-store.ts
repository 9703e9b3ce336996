import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryFiles } from '../data-directory/data-layout.ts';
import { readJsonFile } from '../data-directory/read-json-file.ts';
import { writeJsonAtomically } from '../data-directory/write-json-atomically.ts';
import type { TaskRecord } from './task-record.ts';

/** All tasks, in memory and on disk, with one JSON file per task. */
export interface TaskStore {
  readonly save: (task: TaskRecord) => void;
  readonly find: (taskId: string) => TaskRecord | undefined;
  readonly all: () => readonly TaskRecord[];
  /** Removes tasks that ended before a time, in milliseconds since 1970. */
  readonly removeEndedBefore: (milliseconds: number) => void;
}

export function openTaskStore(directory: string): TaskStore {
  removeTemporaryFiles(directory);
  const tasks = new Map<string, TaskRecord>();
  for (const name of readdirSync(directory)) {
    const task = readJsonFile(join(directory, name)) as TaskRecord;
    tasks.set(task.taskId, task);
  }
  const pathOf = (taskId: string) => join(directory, `${taskId}.json`);
  return {
    save: (task) => {
      writeJsonAtomically(pathOf(task.taskId), task);
      tasks.set(task.taskId, task);
    },
    find: (taskId) => tasks.get(taskId),
    all: () => [...tasks.values()],
    removeEndedBefore: (milliseconds) => {
      for (const task of tasks.values()) {
        if (task.stoppedAt === null || task.stoppedAt >= milliseconds || !task.endAnnounced) continue;
        tasks.delete(task.taskId);
        rmSync(pathOf(task.taskId), { force: true });
      }
    },
  };
}
