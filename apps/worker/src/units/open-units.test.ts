import type { UnitRecord } from '@fyrestream/events';
import type { EncodePlan } from '@fyrestream/media';
import { expect, it } from 'vitest';
import { openUnits } from './open-units.ts';

const planOf = (videoUnits: number) =>
  ({
    units: [
      { id: 'audio', kind: 'audio', range: null },
      ...Array.from({ length: videoUnits }, (_, index) => ({
        id: `video-${index + 1}`,
        kind: 'video',
        range: null,
      })),
    ],
  }) as unknown as EncodePlan;
const done = (unitId: string, owner = 'me', changes: Partial<UnitRecord> = {}) =>
  ({ unitId, state: 'done', owner, ...changes }) as UnitRecord;
const running: ReadonlySet<string> = new Set();
const leading = { owner: 'me', isLeading: true, running };
const additional = { owner: 'me', isLeading: false, running };

it('begins with the plan, which is the work of the leading worker', () => {
  expect(openUnits(null, [], leading)).toEqual({ main: ['plan'], beside: [] });
  expect(openUnits(null, [], additional)).toEqual({ main: [], beside: [] });
});

it('does the units of an undivided video one after the other, and lets the assembly verify them', () => {
  expect(openUnits(planOf(1), [], leading)).toEqual({ main: ['audio', 'video-1'], beside: [] });
  const records = [done('audio'), done('video-1')];
  expect(openUnits(planOf(1), records, leading)).toEqual({ main: ['assembly'], beside: [] });
});

it('verifies the parts of a divided video beside the encoding, first what the worker itself encoded', () => {
  const records = [done('video-1', 'other'), done('video-2')];
  expect(openUnits(planOf(3), records, leading)).toEqual({
    main: ['video-3'],
    beside: ['verification-video-2', 'audio', 'verification-video-1'],
  });
  expect(openUnits(planOf(3), records, additional).beside).not.toContain('audio');
});

it('assembles a divided video only when every part is verified', () => {
  const encoded = ['audio', 'video-1', 'video-2'];
  const records = encoded.map((unitId) => done(unitId));
  const verified = encoded.map((unitId) => done(`verification-${unitId}`));
  expect(openUnits(planOf(2), [...records, ...verified.slice(1)], leading)).toEqual({
    main: [],
    beside: ['verification-audio'],
  });
  expect(openUnits(planOf(2), [...records, ...verified], leading).main).toEqual(['assembly']);
  expect(openUnits(planOf(2), [...records, ...verified], additional).main).toEqual([]);
});

it('replaces the parts by all of the video when one of them is not exact', () => {
  const records = [done('audio'), done('video-1'), done('video-2', 'me', { isInexact: true })];
  expect(openUnits(planOf(3), records, leading)).toEqual({ main: ['video-whole'], beside: [] });
});

it('offers no unit that the worker does already, also when the parts are replaced meanwhile', () => {
  const records = [done('video-1', 'me', { isInexact: true })];
  const busy = { ...leading, running: new Set(['audio']) };
  expect(openUnits(planOf(3), records, leading).main).toEqual(['audio', 'video-whole']);
  expect(openUnits(planOf(3), records, busy)).toEqual({ main: ['video-whole'], beside: [] });
  expect(openUnits(planOf(3), [done('video-1')], busy).beside).toEqual(['verification-video-1']);
});
