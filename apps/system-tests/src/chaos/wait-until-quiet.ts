import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal, jobIdOf } from '@fyrestream/events';
import type { CloudClients } from '../connect-to-cloud.ts';
import { listAllJobs } from './collect-observations.ts';
import { retry } from './retry.ts';
import { type Chaos, type Stage, workersOf } from './run-chaos.ts';

const betweenLooksMilliseconds = 2_000;
const betweenReportsMilliseconds = 30_000;
/** Nothing the pipeline does by itself takes longer than this to come to its turn. */
const silenceMilliseconds = 17 * 60_000;

/**
 * Waits until all is over: no job, message or worker is under way. Reminders of jobs that are over lie in their queue for
 * up to 15 minutes. Gives up where nothing moves any more; what is stuck is seen in the evidence.
 */
export async function waitUntilQuiet(
  { cloud, clients }: Stage,
  { acknowledged }: Chaos,
  report: (line: string) => void,
): Promise<void> {
  const bucket = clients.sourceBucket;
  const jobIds = acknowledged.map(({ key, versionId }) => jobIdOf({ bucket, key, versionId, etag: '' }));
  let moved = { at: Date.now(), state: '' };
  let reportedAt = 0;
  while (Date.now() - moved.at < silenceMilliseconds) {
    const { unfinished, messages, changes } = await retry(() => look(clients, jobIds));
    const workers = workersOf(cloud).length;
    if (unfinished + messages + workers === 0) return;
    const state = `${changes} ${unfinished}`;
    if (state !== moved.state) moved = { at: Date.now(), state };
    if (Date.now() - reportedAt >= betweenReportsMilliseconds) {
      report(`${unfinished} uploads, ${workers} workers, ${messages} messages under way`);
      reportedAt = Date.now();
    }
    await sleep(betweenLooksMilliseconds);
  }
}

async function look(clients: CloudClients, jobIds: readonly string[]) {
  const jobs = await listAllJobs(clients);
  const missing = jobIds.filter((jobId) => !jobs.has(jobId));
  const open = [...jobs.values()].filter((job) => !isTerminal(job) || job.owed.length > 0);
  const { uploads, control } = await clients.countMessages();
  return {
    unfinished: missing.length + open.length,
    messages: uploads + control,
    changes: [...jobs.values()].reduce((sum, { version }) => sum + version, 0),
  };
}
