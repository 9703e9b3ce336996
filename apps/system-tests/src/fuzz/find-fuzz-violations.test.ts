import { admitJob, type JobRecord } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { findFuzzViolations } from './find-fuzz-violations.ts';

const upload = {
  bucket: 'source',
  key: 'videos/a.mp4',
  versionId: '1',
  etag: '',
  sizeBytes: 1,
  sequencer: null,
};
const size = { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 };
const at = '2026-11-20T10:00:00.000Z';
const queued = admitJob({
  ...{ jobId: 'a', upload: { ...upload, uploadedAt: at }, size, at, capacity: 'spot', costEstimateUsd: null },
  refusal: null,
});

function problemsOf(changes: Partial<JobRecord>): string[] {
  const mutation = { seed: 7, fileName: '7-a.mp4', description: 'a.mp4; truncate: to 5 bytes' };
  const job = { ...queued, attempt: 1, ...changes };
  const { key, versionId } = upload;
  return findFuzzViolations({ mutation, key, versionId, jobId: 'a', job, seconds: 1 }).map(
    ({ message }) => message,
  );
}
const reason = (code: string, retryable = false) => ({ code, message: `It is ${code}.`, retryable });

describe('a damaged file may end as', () => {
  it.each<[string, Partial<JobRecord>]>([
    ['published, also if it waited for a place', { status: 'succeeded', attempt: 4 }],
    [
      'refused because of the file',
      { status: 'failed', failureCount: 1, reason: reason('source-truncated') },
    ],
    ['held because of its cost', { status: 'held', reason: reason('cost-limit', true) }],
  ])('%s', (_, changes) => {
    expect(problemsOf(changes)).toEqual([]);
  });
});

describe('a damaged file may not end as', () => {
  it.each<[string, Partial<JobRecord>]>([
    ['still running', { status: 'running' }],
    ['failed with a code that blames no file', { status: 'failed', reason: reason('packaging-failed') }],
    [
      'failed with a refusal that is tried again',
      { status: 'failed', reason: reason('source-truncated', true) },
    ],
    ['published after a second attempt', { status: 'succeeded', failureCount: 1 }],
    ['held for another reason', { status: 'held', reason: reason('operator') }],
  ])('%s', (_, changes) => {
    expect(problemsOf(changes)).toHaveLength(1);
    expect(problemsOf(changes)[0]).toMatch(/^--seed 7 \(a.mp4; truncate/);
  });
});
