import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal, jobIdOf } from '@fyrestream/events';
import { type Chaos, type Stage, workersOf } from './carry-out.ts';
import { listAllJobs } from './gather-evidence.ts';
import { patiently } from './patiently.ts';

const betweenLooksMilliseconds = 2_000;
/** Nothing the pipeline does by itself takes longer than this to come to its turn. */
const silenceMilliseconds = 17 * 60_000;

/**
 * Waits until all is over: no job, message or worker is under way. Gives up where nothing moves any more; what is stuck
 * is seen in the evidence.
 */
export async function settle(
  { cloud, pipeline }: Stage,
  { acknowledged }: Chaos,
  report: (line: string) => void,
): Promise<void> {
  const bucket = pipeline.sourceBucket;
  const jobIds = acknowledged.map(({ key, versionId }) => jobIdOf({ bucket, key, versionId, etag: '' }));
  let moved = { at: Date.now(), changes: -1, open: -1 };
  while (Date.now() - moved.at < silenceMilliseconds) {
    const jobs = await patiently(() => listAllJobs(pipeline));
    const missing = jobIds.filter((jobId) => !jobs.has(jobId)).length;
    const unfinished = [...jobs.values()].filter((job) => !isTerminal(job) || job.owed.length > 0).length;
    const waiting = await patiently(async () => {
      const counts = await Promise.all([pipeline.messagesIn('uploads'), pipeline.messagesIn('control')]);
      return counts[0] + counts[1];
    });
    const open = missing + unfinished;
    if (open + waiting + workersOf(cloud).length === 0) return;
    const changes = [...jobs.values()].reduce((sum, { version }) => sum + version, 0);
    if (changes !== moved.changes) {
      if (Math.floor(open / 10) !== Math.floor(moved.open / 10)) report(`${open} uploads to go`);
      moved = { at: Date.now(), changes, open };
    }
    await sleep(betweenLooksMilliseconds);
  }
}
