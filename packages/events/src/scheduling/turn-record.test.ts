import { expect, it } from 'vitest';
import type { Priority } from './priority.ts';
import {
  firstTurn,
  placesPerLowerPriority,
  priorityOrder,
  type TurnRecord,
  takeTurn,
  withGrants,
} from './turn-record.ts';

const at = '2026-01-02T03:04:05.000Z';
const jobId = 'a'.repeat(26);
const grant = { jobId, tenant: 'acme', attempt: 1, slot: 0, at };

function give(turn: TurnRecord, priority: Priority): TurnRecord {
  return takeTurn(turn, { priority, tenant: 'acme', isRefused: false, since: at, jobId }, [grant]);
}

/** Which priorities get the next places while all of these wait. */
function serve(waiting: readonly Priority[], places: number): Priority[] {
  let turn = firstTurn;
  return Array.from({ length: places }, () => {
    const priority = priorityOrder(turn).find((offered) => waiting.includes(offered)) ?? expect.unreachable();
    turn = give(turn, priority);
    return priority;
  });
}

it('offers a place to urgent jobs first, to bulk jobs last', () => {
  expect(priorityOrder(firstTurn)).toEqual(['urgent', 'normal', 'bulk']);
  expect(serve(['bulk'], 3)).toEqual(['bulk', 'bulk', 'bulk']);
});

it.each([
  ['bulk jobs beside normal ones', ['normal', 'bulk'], 'bulk', placesPerLowerPriority],
  ['bulk jobs beside both', ['urgent', 'normal', 'bulk'], 'bulk', placesPerLowerPriority],
  ['normal jobs beside both', ['urgent', 'normal', 'bulk'], 'normal', placesPerLowerPriority + 1],
] as const)('gives %s a place in time', (_, waiting, priority, bound) => {
  const served = serve(waiting, 200).map((each) => (each === priority ? 'x' : '.'));
  const longest = Math.max(
    ...served
      .join('')
      .split('x')
      .map(({ length }) => length),
  );
  expect(longest).toBeLessThan(bound);
});

it('remembers the tenant that was served last, by priority, and the place that it got', () => {
  const turn = give(give(firstTurn, 'bulk'), 'normal');
  expect(turn).toMatchObject({ version: 2, served: { urgent: '', normal: 'acme', bulk: 'acme' } });
  expect(turn.grants).toEqual([grant]);
});

it('gives a place to an additional worker without a change of the order', () => {
  const turn = give(firstTurn, 'bulk');
  const additional = { ...grant, slot: 1 };
  expect(withGrants(turn, [grant, additional])).toEqual({ ...turn, version: 2, grants: [grant, additional] });
});
