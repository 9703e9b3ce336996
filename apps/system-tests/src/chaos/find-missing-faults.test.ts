import { expect, it } from 'vitest';
import { findMissingFaults } from './find-missing-faults.ts';
import type { PlannedFault } from './plan-chaos.ts';

it('reports a run in which no disk was full although it was planned', () => {
  const fault: PlannedFault = {
    kind: 'disk-full',
    ...{ atMilliseconds: 0, durationMilliseconds: 0, clockOffsetMilliseconds: 0 },
  };
  const find = (applied: number) =>
    findMissingFaults({ faults: [fault] }, { faultsByKind: new Map([['disk-full', applied]]) });
  expect(find(0)).toMatchObject([{ kind: 'wrong', message: expect.stringContaining('disk-full') }]);
  expect(find(1)).toEqual([]);
});
