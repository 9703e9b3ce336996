import { realpathSync } from 'node:fs';
import { findProcessesIn, findSessionProcesses } from './process-identity.ts';
import type { TaskRecord } from './task-record.ts';

/**
 * Kills every process of a task whose local cloud was killed. A crash may happen after the process was started and before it
 * was recorded: that process is found by its working directory, the scratch directory of the task.
 */
export function killOrphanedProcesses(task: TaskRecord, scratchDirectory: string): void {
  const pids =
    task.process === null ? findProcessesIn(realPath(scratchDirectory)) : findSessionProcesses(task.process);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has already ended.
    }
  }
}

/** /proc shows working directories without symbolic links. */
function realPath(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}
