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
const [taskRule, jobRule] = eventRules(localTopology, async () => {}, '/dev/null');

it.each([
  ['the end of a task of our cluster', stopped, true],
  ['another change of it', { ...stopped, detail: { ...stopped.detail, lastStatus: 'RUNNING' } }, false],
  ['a task of another cluster', { ...stopped, detail: { ...stopped.detail, clusterArn: 'other' } }, false],
  ['the same from somebody else', { ...stopped, source: 'fyrestream' }, false],
  ['an event without details', { source: 'aws.ecs' }, false],
])('the rule for tasks and %s', (_name, event, matches) => {
  expect(matchesPattern(taskRule?.pattern ?? {}, event)).toBe(matches);
});

it('takes job events by their source', () => {
  expect(matchesPattern(jobRule?.pattern ?? {}, { source: 'fyrestream', detail: {} })).toBe(true);
  expect(matchesPattern(jobRule?.pattern ?? {}, stopped)).toBe(false);
});
