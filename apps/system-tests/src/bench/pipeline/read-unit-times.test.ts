import { expect, it } from 'vitest';
import { unitTimesOf } from './read-unit-times.ts';

const line = (msg: string, unitId: string, token: number, second: number) =>
  JSON.stringify({ level: 'info', time: `2026-11-30T10:00:0${second}.000Z`, unitId, token, msg });

it('pairs each unit that was done with its own claim, also if an earlier claim was lost', () => {
  const log = [
    line('unit-claimed', 'video-00001', 1, 1),
    line('unit-claimed', 'video-00001', 2, 3),
    'not JSON',
    line('unit-claimed', 'audio', 1, 4),
    line('unit-done', 'video-00001', 2, 7),
  ].join('\n');
  expect(unitTimesOf(log)).toEqual([
    {
      unitId: 'video-00001',
      claimedAt: Date.parse('2026-11-30T10:00:03Z'),
      doneAt: Date.parse('2026-11-30T10:00:07Z'),
    },
  ]);
});
