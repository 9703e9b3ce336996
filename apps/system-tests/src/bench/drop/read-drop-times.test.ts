import { expect, it } from 'vitest';
import { readDropTimes } from './read-drop-times.ts';

const startedAt = Date.parse('2026-11-30T10:00:00.000Z');

function line(kind: string, jobId: string, second: number): string {
  const detail = {
    ...{ schemaVersion: 1, eventId: `${jobId}-${second}`, kind, jobId: jobId.padEnd(26, 'a') },
    ...{ sourceKey: 'videos/a.mp4', status: 'queued', reason: null, outputs: null },
    at: new Date(startedAt + second * 1_000).toISOString(),
  };
  return JSON.stringify({ detail });
}

it('takes the time of the last job, whatever the order of the events and however often one is published', () => {
  const events = [
    line('job-queued', 'b', 3),
    line('job-queued', 'a', 1),
    line('job-succeeded', 'a', 9),
    line('job-succeeded', 'b', 7),
    line('job-succeeded', 'b', 7),
  ];
  expect(readDropTimes(`${events.join('\n')}\n`, startedAt, 2)).toEqual({
    admittedSeconds: 3,
    finishedSeconds: 9,
  });
});

it('does not count a drop in which a job failed', () => {
  const events = [line('job-succeeded', 'a', 9), line('job-failed', 'b', 7)].join('\n');
  expect(() => readDropTimes(events, startedAt, 2)).toThrow(expect.objectContaining({ code: 'jobs-failed' }));
});
