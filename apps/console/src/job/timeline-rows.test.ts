import { expect, it } from 'vitest';
import type { JobDetail } from '../api/views.ts';
import { timelineRows } from './timeline-rows.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();
const unit = (unitId: string, state: string, from: number | null, to: number) => ({
  ...{
    unitId,
    state,
    fraction: state === 'done' ? 1 : 0.5,
    claimedAt: from === null ? null : at(from),
    updatedAt: at(to),
  },
});
const jobOf = (changes: object) =>
  ({
    uploadedAt: at(0),
    createdAt: at(1),
    startedAt: at(5),
    finishedAt: null,
    units: [],
    videoUnits: { total: null },
    ...changes,
  }) as unknown as JobDetail;
const now = Date.parse(at(20));

it('shows the wait before the first unit, and units in the order of their claims', () => {
  const units = [
    unit('video-00001', 'claimed', 7, 9),
    unit('plan', 'done', 5, 6),
    unit('audio', 'open', null, 6),
  ];
  expect(timelineRows(jobOf({ units }), now)).toEqual([
    { name: 'Admit', fromSeconds: 0, toSeconds: 1, fraction: null, state: 'waited' },
    { name: 'Wait, and start of a task', fromSeconds: 1, toSeconds: 5, fraction: null, state: 'waited' },
    { name: 'Read the source and plan', fromSeconds: 5, toSeconds: 6, fraction: 1, state: 'done' },
    { name: 'Encode part 1 of the video', fromSeconds: 7, toSeconds: 20, fraction: 0.5, state: 'running' },
  ]);
});

it('ends what was running with the job', () => {
  const units = [unit('assembly', 'claimed', 7, 9)];
  const rows = timelineRows(jobOf({ units, finishedAt: at(10) }), now);
  expect(rows.at(-1)).toMatchObject({
    name: 'Assemble, verify and publish',
    fromSeconds: 7,
    toSeconds: 10,
    state: 'done',
  });
});

it('shows a job that waits since it was admitted', () => {
  const rows = timelineRows(jobOf({ startedAt: null }), now);
  expect(rows.at(-1)).toMatchObject({ fromSeconds: 1, toSeconds: 20, state: 'running' });
});

it('says that a job is held, not that it waits for a task', () => {
  const rows = timelineRows(jobOf({ startedAt: null, status: 'held' }), now);
  expect(rows.at(-1)).toMatchObject({ name: 'Held, until it is released', fromSeconds: 1, toSeconds: 20 });
});

it('shows the parts of a long video in one row for their encoding and one for their verification', () => {
  const number = (part: number) => String(part).padStart(5, '0');
  const units = Array.from({ length: 4 }, (_, index) => [
    unit(`video-${number(index + 1)}`, 'done', 5 + index, 7 + index),
    ...(index === 0 ? [unit('verification-video-00001', 'claimed', 8, 9)] : []),
  ]).flat();
  const rows = timelineRows(jobOf({ units, videoUnits: { total: 8 } }), now).slice(2);
  expect(rows).toMatchObject([
    ...[{ name: 'Encode 8 parts of the video', fromSeconds: 5, toSeconds: 10, fraction: 0.5, state: 'done' }],
    {
      name: 'Verify 8 parts of the video',
      fromSeconds: 8,
      toSeconds: 20,
      fraction: 0.0625,
      state: 'running',
    },
  ]);
  expect(rows[0]?.parts?.map(({ fromSeconds, toSeconds }) => [fromSeconds, toSeconds])).toEqual([
    ...[
      [5, 7],
      [6, 8],
      [7, 9],
      [8, 10],
    ],
  ]);
});
