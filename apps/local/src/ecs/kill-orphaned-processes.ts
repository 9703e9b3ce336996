import { orphansOf, processesWithEnvironment } from './process-identity.ts';
import type { TaskRecord } from './task-record.ts';

/**
 * Ends every process of a task whose local cloud was killed. A task whose process was never recorded may have one all the
 * same, started in the moment of the crash: it is found by `mark`, a text in its environment and in no other's.
 */
export function killOrphanedProcesses(task: TaskRecord, mark: string): void {
  const pids = task.process === null ? processesWithEnvironment(mark) : orphansOf(task.process);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
}
