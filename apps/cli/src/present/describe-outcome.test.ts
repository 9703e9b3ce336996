import type { JobOutputs } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { after, jobId, jobRecord } from '../../test/job-fixtures.ts';
import { describeOutcome, outcomeFacts, succeeded } from './describe-outcome.ts';

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

it('of a job that succeeded', () => {
  const job = jobRecord({ status: 'succeeded', outputs, finishedAt: after(12) });
  const outcome = { file, jobId, job, uploadSeconds: 1, failure: null };
  expect(outcomeFacts(outcome)).toEqual({
    file: './a.mp4',
    jobId,
    status: 'succeeded',
    reason: null,
    outputs,
  });
  expect(describeOutcome(outcome, plain)).toBe(
    `./a.mp4: job ${jobId} succeeded in 10.0 s: outputs/a.mp4/master.m3u8`,
  );
  expect(succeeded(outcome, { wait: true })).toBe(true);
});

it('of a job that succeeded with a damaged source', () => {
  const damage = 'The source is damaged or cut off (corrupt packets: 1).';
  const job = jobRecord({ status: 'succeeded', outputs: { ...outputs, damage }, finishedAt: after(12) });
  expect(describeOutcome({ file, jobId, job, uploadSeconds: 1, failure: null }, plain)).toBe(
    `./a.mp4: job ${jobId} succeeded in 10.0 s: outputs/a.mp4/master.m3u8\n  ${damage}`,
  );
});

it('of a job whose source is not whole in the outcome', () => {
  const leftOut = [
    { streamIndex: 1, kind: 'audio', why: 'its codec is unknown to ffmpeg' },
    { streamIndex: null, kind: 'chapters', why: '3 chapters' },
  ];
  const job = jobRecord({ status: 'succeeded', outputs: { ...outputs, leftOut }, finishedAt: after(12) });
  expect(describeOutcome({ file, jobId, job, uploadSeconds: 1, failure: null }, plain)).toBe(
    [
      `./a.mp4: job ${jobId} succeeded in 10.0 s: outputs/a.mp4/master.m3u8`,
      'left out: audio (stream 1): its codec is unknown to ffmpeg',
      'left out: chapters: 3 chapters',
    ].join('\n  '),
  );
});

it('of a job that failed', () => {
  const outcome = {
    file,
    jobId,
    job: jobRecord({ status: 'failed', reason }),
    uploadSeconds: 1,
    failure: null,
  };
  expect(outcomeFacts(outcome)).toEqual({ file: './a.mp4', jobId, status: 'failed', reason, outputs: null });
  expect(describeOutcome(outcome, plain)).toBe(`./a.mp4: job ${jobId} failed: It is text.`);
  expect(succeeded(outcome, { wait: true })).toBe(false);
});

it('of an upload that nobody waits for, and of one that failed', () => {
  const sent = { file, jobId, job: null, uploadSeconds: 1, failure: null };
  expect(outcomeFacts(sent)).toMatchObject({ status: 'queued', reason: null });
  expect(succeeded(sent, { wait: false })).toBe(true);
  const unsent = { file, jobId: null, job: null, uploadSeconds: 0, failure: reason };
  expect(outcomeFacts(unsent)).toMatchObject({ jobId: null, status: 'failed', reason });
  expect(succeeded(unsent, { wait: false })).toBe(false);
});

it('of an upload whose job was not seen', () => {
  const missing = { code: 'job-missing', message: 'It has not appeared.', retryable: true };
  const unseen = { file, jobId, job: null, uploadSeconds: 1, failure: missing };
  expect(outcomeFacts(unseen)).toMatchObject({ jobId, status: 'queued', reason: missing });
  expect(describeOutcome(unseen, plain)).toBe(
    `./a.mp4: uploaded as videos/a.mp4, job ${jobId}: It has not appeared.`,
  );
  expect(succeeded(unseen, { wait: true })).toBe(false);
});
