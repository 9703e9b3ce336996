import type { JobRecord, Launch, UnitRecord } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { after, jobRecord, unitRecord } from '../../test/job-fixtures.ts';
import { findStuckReason } from './find-stuck-reason.ts';

const minutes = (count: number) => after(count * 60);
const launch = { attempt: 1, plannedAt: minutes(0), taskArn: null } as Launch;
const running = { status: 'running', updatedAt: minutes(0) } as const;

const cases: [string, Partial<JobRecord>, UnitRecord[], number, RegExp | null][] = [
  ['has just started', running, [], 1, null],
  ['works on a unit', running, [unitRecord('video-00001', { updatedAt: minutes(29) })], 30, null],
  [
    'has a worker that does not report',
    running,
    [unitRecord('video-00001', { updatedAt: minutes(2) })],
    5,
    /not reported for 3m/,
  ],
  ['waits for its next attempt', { nextAttemptAt: minutes(15) }, [], 14, null],
  ['is overdue', { nextAttemptAt: minutes(15) }, [], 30, /due 15m ago/],
  ['starts', { launch, nextAttemptAt: null }, [], 3, null],
  ['does not start', { launch, nextAttemptAt: null }, [], 60, /not started for 1h/],
  ['waits for a person', { status: 'held', nextAttemptAt: null }, [], 9_999, null],
];

it.each(cases)('a job that %s', (_, changes, units, now, why) => {
  const message = findStuckReason(jobRecord(changes), units, Date.parse(minutes(now)));
  if (why === null) expect(message).toBeNull();
  else expect(message).toMatch(why);
});
