import { setTimeout as sleep } from 'node:timers/promises';
import { jobIdOf } from '@fyrestream/events';
import type { CloudClients } from '../connect-to-cloud.ts';
import { listAllJobs } from '../list-all-jobs.ts';
import { isFinished } from '../violations/is-finished.ts';
import type { ChaosEnvironment, ChaosRun } from './chaos-run.ts';
import { retry } from './retry.ts';
import { workersOf } from './run-chaos.ts';

const pollMilliseconds = 2_000;
const reportIntervalMilliseconds = 30_000;
/** Longer than any delay in the pipeline. */
const maxSilenceMilliseconds = 17 * 60_000;

/**
 * Waits until no job, message or worker is active. Delayed messages for finished jobs stay in their queue for up to 15
 * minutes. Gives up when nothing changes any more; the violations then show what is stuck.
 */
export async function waitUntilQuiet(
  { cloud, clients }: ChaosEnvironment,
  { acknowledged }: ChaosRun,
  report: (line: string) => void,
): Promise<void> {
  const bucket = clients.sourceBucket;
  const jobIds = acknowledged.map(({ key, versionId }) => jobIdOf({ bucket, key, versionId, etag: '' }));
  let lastChange = { at: Date.now(), state: '' };
  let reportedAt = 0;
  while (Date.now() - lastChange.at < maxSilenceMilliseconds) {
    const { unfinished, messages, writes } = await retry(() => readProgress(clients, jobIds));
    const workers = workersOf(cloud).length;
    if (unfinished + messages + workers === 0) return;
    const state = `${writes} ${unfinished}`;
    if (state !== lastChange.state) lastChange = { at: Date.now(), state };
    if (Date.now() - reportedAt >= reportIntervalMilliseconds) {
      report(`${unfinished} unfinished uploads, ${workers} workers, ${messages} messages`);
      reportedAt = Date.now();
    }
    await sleep(pollMilliseconds);
  }
}

async function readProgress(clients: CloudClients, jobIds: readonly string[]) {
  const jobs = await listAllJobs(clients.ledger);
  const missing = jobIds.filter((jobId) => !jobs.has(jobId));
  const open = [...jobs.values()].filter((job) => !isFinished(job));
  const { uploads, control } = await clients.countMessages();
  return {
    unfinished: missing.length + open.length,
    messages: uploads + control,
    writes: [...jobs.values()].reduce((sum, { version }) => sum + version, 0),
  };
}
