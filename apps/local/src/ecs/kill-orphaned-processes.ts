import { findOrphans, processesWithEnvironment } from './process-identity.ts';
import type { TaskRecord } from './task-record.ts';

/**
 * Kills every process of a task whose local cloud was killed. A crash may happen after the process was started and before it
 * was recorded: that process is found by `environmentMarker`, a text that occurs in its environment only.
 */
export function killOrphanedProcesses(task: TaskRecord, environmentMarker: string): void {
  const pids =
    task.process === null ? processesWithEnvironment(environmentMarker) : findOrphans(task.process);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has already ended.
    }
  }
}
