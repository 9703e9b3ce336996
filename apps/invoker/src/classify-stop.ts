import { type AttemptEnd, type Reason, type StoppedTask, workerExitCode } from '@fyrestream/events';

/** How an attempt ended, by what ECS says of its task. */
export interface StopClassification {
  readonly end: AttemptEnd;
  readonly reason: Reason;
}

/** 128 + SIGKILL: the kernel's answer to a container that outgrew its memory, among others. */
const killed = 137;

/** Somebody stopped it, or the machine under it went away: no fault of the job's. */
const stopRequested = new Set(['UserInitiated', 'ServiceSchedulerInitiated', 'TerminationNotice']);

/**
 * Reads the end of a task. ECS words its reasons in prose, so their key words are looked for; what is not recognised
 * counts as an ordinary failure of the attempt.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function classifyStop(task: StoppedTask): StopClassification {
  const words = [task.stoppedReason, task.containerReason].filter((text) => text !== null).join('; ');
  const verdict = (end: AttemptEnd, code: string, sentence: string): StopClassification => ({
    end,
    reason: { code, message: words === '' ? `${sentence}.` : `${sentence}: ${words}`, retryable: true },
  });
  if (task.stopCode === 'SpotInterruption')
    return verdict('interrupted', 'spot-interrupted', 'Spot took the task back');
  if (task.exitCode === workerExitCode.interrupted || stopRequested.has(task.stopCode ?? '')) {
    return verdict('interrupted', 'task-stopped', 'The task was told to stop');
  }
  if (/OutOfMemory/i.test(words)) return verdict('outgrown', 'out-of-memory', 'The task ran out of memory');
  if (task.stopCode === 'TaskFailedToStart')
    return verdict('start-failed', 'start-failed', 'The task did not start');
  if (task.exitCode === killed) return verdict('failed', 'worker-killed', 'The worker was killed');
  if (task.exitCode === workerExitCode.misconfigured) {
    return verdict('failed', 'worker-misconfigured', 'The worker found its environment incomplete');
  }
  if (task.exitCode === null) return verdict('failed', 'task-lost', 'The task ended without an exit code');
  return verdict('failed', 'worker-crashed', `The worker left with exit code ${task.exitCode}`);
}
