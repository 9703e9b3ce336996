import { expect, it } from 'vitest';
import { findMissingKills } from './find-missing-kills.ts';
import type { PlannedKill } from './plan-chaos.ts';

const plannedKills = (count: number): PlannedKill[] =>
  Array.from({ length: count }, () => ({
    target: 'worker',
    atMilliseconds: 0,
    choice: 0,
    downMilliseconds: 0,
  }));

it('reports a run that killed no worker although many kills were planned', () => {
  const find = (planned: number, killed: number) =>
    findMissingKills({ kills: plannedKills(planned) }, { killsByTarget: new Map([['worker', killed]]) });
  expect(find(5, 0)).toMatchObject([{ kind: 'wrong', message: expect.stringContaining('worker') }]);
  expect(find(5, 1)).toEqual([]);
  expect(find(2, 0)).toEqual([]);
});
