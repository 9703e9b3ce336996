import { expect, it } from 'vitest';
import { localTopology } from '../topology.ts';
import { eventRules } from './event-rules.ts';
import { matchesPattern } from './matches-pattern.ts';

const stopped = {
  source: 'aws.ecs',
  'detail-type': 'ECS Task State Change',
  detail: {
    clusterArn: 'arn:aws:ecs:us-east-1:000000000000:cluster/fyrestream-local',
    lastStatus: 'STOPPED',
  },
};
const queues = { control: async () => {}, webhooks: async () => {} };
const [taskRule, jobRule, ...others] = eventRules(localTopology, queues, '/dev/null');

it.each([
  ['a stopped task of the cluster', stopped, true],
  ['another change of the task', { ...stopped, detail: { ...stopped.detail, lastStatus: 'RUNNING' } }, false],
  ['a task of another cluster', { ...stopped, detail: { ...stopped.detail, clusterArn: 'other' } }, false],
  ['the same event of another source', { ...stopped, source: 'fyrestream' }, false],
  ['an event without details', { source: 'aws.ecs' }, false],
])('the rule for tasks with %s', (_name, event, matches) => {
  expect(matchesPattern(taskRule?.pattern ?? {}, event)).toBe(matches);
});

it('a stack without webhooks sends job events to no queue', () => {
  expect(others).toEqual([]);
});

it('matches job events by their source', () => {
  expect(matchesPattern(jobRule?.pattern ?? {}, { source: 'fyrestream', detail: {} })).toBe(true);
  expect(matchesPattern(jobRule?.pattern ?? {}, stopped)).toBe(false);
});
