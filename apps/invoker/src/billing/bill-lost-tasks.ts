import { type JobRecord, launchesOf, tasksToBill } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { tasksPerCall } from '../stopped-tasks/end-lost-attempts.ts';
import { billStoppedTask } from './bill-stopped-task.ts';

/** Bills the tasks of launches that are over, where no event reported that they stopped. @returns the current job */
export async function billLostTasks(
  dependencies: InvokerDependencies,
  recorded: JobRecord,
): Promise<JobRecord> {
  const { launcher, settings } = dependencies;
  const launched = new Set(launchesOf(recorded).map(({ taskArn }) => taskArn));
  const taskArns = tasksToBill(recorded).filter((taskArn) => !launched.has(taskArn));
  let job = recorded;
  for (const task of await launcher.findStopped(
    settings.launchTarget.cluster,
    taskArns.slice(0, tasksPerCall),
  ))
    job = await billStoppedTask(dependencies, job, task);
  return job;
}
