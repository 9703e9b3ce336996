import { expect, it } from 'vitest';
import { listTasks } from './list-tasks.ts';
import type { TaskRecord } from './task-record.ts';

const tasks = Array.from({ length: 5 }, (_, index) => ({
  taskArn: `task-${index}`,
  createdAt: 10 - index,
  group: 'family:worker',
  startedBy: index % 2 === 0 ? 'even' : 'odd',
  desiredStatus: index === 4 ? 'STOPPED' : 'RUNNING',
})) as TaskRecord[];

it('lists tasks that should run, oldest first, page by page', () => {
  const first = listTasks(tasks, { maxResults: 3 });
  expect(first).toEqual({ taskArns: ['task-3', 'task-2', 'task-1'], nextToken: 'task-1' });
  expect(listTasks(tasks, { maxResults: 3, nextToken: 'task-1' })).toEqual({ taskArns: ['task-0'] });
});

it('filters by status, startedBy and family', () => {
  expect(listTasks(tasks, { desiredStatus: 'STOPPED' })).toEqual({ taskArns: ['task-4'] });
  expect(listTasks(tasks, { startedBy: 'odd' })).toEqual({ taskArns: ['task-3', 'task-1'] });
  expect(listTasks(tasks, { family: 'other' })).toEqual({ taskArns: [] });
});
