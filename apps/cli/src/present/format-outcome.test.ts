import type { JobOutputs } from '@fyrestream/events';
import { after, jobId, jobRecord } from '@fyrestream/operations/test/job-fixtures';
import { expect, it } from 'vitest';
import { formatOutcome, isSuccess, outcomeToJson } from './format-outcome.ts';

const file = { typed: './a.mp4', name: 'a.mp4', path: '/a.mp4', key: 'videos/a.mp4', sizeBytes: 3 };
const plain = { colour: (_: string, text: string) => text };
const outputs: JobOutputs = {
  prefix: 'outputs/a.mp4/x/1/',
  masterKey: 'outputs/a.mp4/master.m3u8',
  manifestKey: 'outputs/a.mp4/manifest.mpd',
  posterKey: null,
  certificateKey: 'outputs/a.mp4/x/1/certificate.json',
  damage: null,
  leftOut: [],
  durationSeconds: 3,
  renditions: [],
};
const reason = { code: 'not-media', message: 'It is text.', retryable: false };

it('formats a job that succeeded', () => {
  const job = jobRecord({ status: 'succeeded', outputs, finishedAt: after(12) });
  const outcome = { file, jobId, job, uploadSeconds: 1, failure: null };
  expect(outcomeToJson(outcome)).toEqual({
    file: './a.mp4',
    jobId,
    status: 'succeeded',
    reason: null,
    outputs,
  });
  expect(formatOutcome(outcome, plain)).toBe(
    `./a.mp4: job ${jobId} succeeded in 10s: outputs/a.mp4/master.m3u8`,
  );
  expect(isSuccess(outcome, { wait: true })).toBe(true);
});

it('adds the damage of the source', () => {
  const damage = 'The source is damaged or cut off (corrupt packets: 1).';
  const job = jobRecord({ status: 'succeeded', outputs: { ...outputs, damage }, finishedAt: after(12) });
  expect(formatOutcome({ file, jobId, job, uploadSeconds: 1, failure: null }, plain)).toBe(
    `./a.mp4: job ${jobId} succeeded in 10s: outputs/a.mp4/master.m3u8\n  ${damage}`,
  );
});

it('adds each stream that was left out', () => {
  const leftOut = [
    { streamIndex: 1, kind: 'audio', why: 'its codec is unknown to ffmpeg' },
    { streamIndex: null, kind: 'chapters', why: '3 chapters' },
  ];
  const job = jobRecord({ status: 'succeeded', outputs: { ...outputs, leftOut }, finishedAt: after(12) });
  expect(formatOutcome({ file, jobId, job, uploadSeconds: 1, failure: null }, plain)).toBe(
    [
      `./a.mp4: job ${jobId} succeeded in 10s: outputs/a.mp4/master.m3u8`,
      'left out: audio (stream 1): its codec is unknown to ffmpeg',
      'left out: chapters: 3 chapters',
    ].join('\n  '),
  );
});

it('formats a job that failed', () => {
  const outcome = {
    file,
    jobId,
    job: jobRecord({ status: 'failed', reason }),
    uploadSeconds: 1,
    failure: null,
  };
  expect(outcomeToJson(outcome)).toEqual({ file: './a.mp4', jobId, status: 'failed', reason, outputs: null });
  expect(formatOutcome(outcome, plain)).toBe(`./a.mp4: job ${jobId} failed: It is text.`);
  expect(isSuccess(outcome, { wait: true })).toBe(false);
});

it('formats an upload without --wait, and an upload that failed', () => {
  const sent = { file, jobId, job: null, uploadSeconds: 1, failure: null };
  expect(outcomeToJson(sent)).toMatchObject({ status: 'queued', reason: null });
  expect(isSuccess(sent, { wait: false })).toBe(true);
  const unsent = { file, jobId: null, job: null, uploadSeconds: 0, failure: reason };
  expect(outcomeToJson(unsent)).toMatchObject({ jobId: null, status: 'failed', reason });
  expect(isSuccess(unsent, { wait: false })).toBe(false);
});

it('formats an upload whose job did not appear', () => {
  const missing = { code: 'job-missing', message: 'It has not appeared.', retryable: true };
  const unseen = { file, jobId, job: null, uploadSeconds: 1, failure: missing };
  expect(outcomeToJson(unseen)).toMatchObject({ jobId, status: 'queued', reason: missing });
  expect(formatOutcome(unseen, plain)).toBe(
    `./a.mp4: uploaded as videos/a.mp4, job ${jobId}: It has not appeared.`,
  );
  expect(isSuccess(unseen, { wait: true })).toBe(false);
});
