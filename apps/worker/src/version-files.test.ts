import { FyrestreamError } from '@fyrestream/events';
import { expect, it } from 'vitest';
import type { JobContext } from './job-context.ts';
import { createVersionFiles } from './version-files.ts';

/** There is no store: a write to the bucket would fail the test. */
const work = { settings: { outputBucket: 'transcoded' } } as unknown as JobContext;

it('stops copying segments when the job is cancelled', async () => {
  const cancelled = new FyrestreamError({ code: 'job-over', message: 'It is cancelled.', retryable: true });
  const files = createVersionFiles(work, 'outputs/long.mp4/job/1/', AbortSignal.abort(cancelled));
  await expect(
    files.addCopy('h264-48/init.mp4', 'work/job/video-00001/1/init.mp4', { sizeBytes: 1, sha256: '' }),
  ).rejects.toBe(cancelled);
  await expect(files.addText('master.m3u8', '#EXTM3U')).rejects.toBe(cancelled);
  expect(files.list()).toEqual([]);
});
