import type { JsonObject } from '../json-value.ts';
import type { TaskRecord } from './task-record.ts';

/**
 * One page of task ARNs, oldest first, with the filters of ListTasks. The default is tasks whose desired status is RUNNING.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
 */
export function listTasks(tasks: readonly TaskRecord[], input: JsonObject): JsonObject {
  const { startedBy, family, nextToken } = input;
  const desiredStatus = input.desiredStatus ?? 'RUNNING';
  const size = typeof input.maxResults === 'number' ? Math.min(100, Math.max(1, input.maxResults)) : 100;
  const found = tasks
    .filter((task) => task.desiredStatus === desiredStatus)
    .filter((task) => startedBy === undefined || task.startedBy === startedBy)
    .filter((task) => family === undefined || task.group === `family:${String(family)}`)
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.taskArn < b.taskArn ? -1 : 1))
    .map((task) => task.taskArn);
  const start = typeof nextToken === 'string' ? found.indexOf(nextToken) + 1 : 0;
  const taskArns = found.slice(start, start + size);
  const last = taskArns.at(-1);
  return { taskArns, ...(start + size < found.length && last !== undefined && { nextToken: last }) };
}
