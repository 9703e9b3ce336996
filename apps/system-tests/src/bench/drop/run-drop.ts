import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectToCloud } from '../../connect-to-cloud.ts';
import { watchJobEnds } from '../../watch-job-ends.ts';
import { startBenchCloud } from '../pipeline/start-bench-cloud.ts';
import { countRequests, type RequestCounts } from './count-requests.ts';
import { type DropTimes, readDropTimes } from './read-drop-times.ts';

/** Many uploads at once, whose jobs encode nothing. */
export interface DropRun extends DropTimes {
  readonly requests: RequestCounts;
}

const stubWorker = fileURLToPath(new URL('../../../dist/stub-worker.mjs', import.meta.url));
const uploadsAtOnce = 16;
const maxRunningTasks = 8;
const pollMilliseconds = 200;

/** @throws FyrestreamError `jobs-failed` */
export async function runDrop(parentDirectory: string, file: string, uploads: number): Promise<DropRun> {
  const directory = await mkdtemp(join(parentDirectory, 'drop-'));
  const cloud = await startBenchCloud(directory, { workerBundle: stubWorker, topology: { maxRunningTasks } });
  const watching = new AbortController();
  try {
    const { dataDirectory } = cloud.connection;
    const clients = connectToCloud(cloud.connection);
    const jobEnds = watchJobEnds(dataDirectory, watching.signal);
    const numbers = Array.from({ length: uploads }, (_, number) => number).values();
    const jobIds: string[] = [];
    const startedAt = Date.now();
    const uploadNext = async () => {
      for (const number of numbers) {
        const { jobId } = await clients.upload(file, `videos/drop/${number}.mp4`);
        jobIds.push(jobId);
      }
    };
    await Promise.all(Array.from({ length: uploadsAtOnce }, uploadNext));
    while (!jobIds.every((jobId) => jobEnds.has(jobId))) await sleep(pollMilliseconds);
    const calls = await cloud.countCalls();
    const events = await readFile(join(dataDirectory, 'events.ndjson'), 'utf8');
    return { ...readDropTimes(events, startedAt, uploads), requests: countRequests(calls, uploads) };
  } finally {
    watching.abort();
    await cloud.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
