import { launchBlockOf } from '@fyrestream/cloud';
import { type AttemptEnd, type Reason, type StoppedTask, workerExitCode } from '@fyrestream/events';

/** How an attempt ended, according to the stop reason of its task. */
export interface StopClassification {
  readonly end: AttemptEnd;
  readonly reason: Reason;
}

/** 128 + SIGKILL, for example from the kernel when a container exceeds its memory. */
const killedExitCode = 137;

/** An operator stopped the task, or its host ended: the job is not the cause. */
const externalStopCodes = new Set(['UserInitiated', 'ServiceSchedulerInitiated', 'TerminationNotice']);

/**
 * Classifies the end of a task. ECS gives reasons as text, so this searches for key words; an unknown reason is an ordinary
 * failure of the attempt.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function classifyStop(task: StoppedTask): StopClassification {
  const ecsReasons = [task.stoppedReason, task.containerReason].filter((text) => text !== null).join('; ');
  const classify = (end: AttemptEnd, code: string, sentence: string): StopClassification => ({
    end,
    reason: {
      code,
      message: ecsReasons === '' ? `${sentence}.` : `${sentence}: ${ecsReasons}`,
      retryable: true,
    },
  });
  if (task.stopCode === 'SpotInterruption')
    return classify('interrupted', 'spot-interrupted', 'The Spot task was interrupted');
  if (task.exitCode === workerExitCode.interrupted || externalStopCodes.has(task.stopCode ?? '')) {
    return classify('interrupted', 'task-stopped', 'The task was stopped');
  }
  if (/OutOfMemory/i.test(ecsReasons))
    return classify('outgrown', 'out-of-memory', 'The task ran out of memory');
  if (task.stopCode === 'TaskFailedToStart') {
    const block = launchBlockOf(ecsReasons);
    return classify(
      block ? 'not-started' : 'start-failed',
      block ?? 'start-failed',
      'The task did not start',
    );
  }
  if (task.exitCode === killedExitCode) return classify('failed', 'worker-killed', 'The worker was killed');
  if (task.exitCode === workerExitCode.misconfigured) {
    return classify('failed', 'worker-misconfigured', 'The environment of the worker is incomplete');
  }
  if (task.exitCode === null) return classify('failed', 'task-lost', 'The task ended without an exit code');
  return classify('failed', 'worker-crashed', `The worker ended with exit code ${task.exitCode}`);
}
