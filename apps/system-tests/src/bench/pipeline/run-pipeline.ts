import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FyrestreamError, type JobCost, type JobRecord, jobCostOf, type TaskSize } from '@fyrestream/events';
import { connectToCloud } from '../../connect-to-cloud.ts';
import { readOwnCpuSeconds, readPeakMemoryBytes, readTreeCpuSeconds } from '../measure/process-tree.ts';
import { timeCommand } from '../measure/time-command.ts';
import type { Usage } from '../measure/usage.ts';
import type { BenchCloudSettings } from './bench-cloud-settings.ts';
import { readUnitTimes, type UnitTime } from './read-unit-times.ts';
import { type FfmpegRun, recordFfmpegRuns } from './record-ffmpeg-runs.ts';
import { type BenchCloud, startBenchCloud } from './start-bench-cloud.ts';
import { watchWorkers } from './watch-workers.ts';

/**
 * One upload. The CPU time is that of the command, the local cloud, its functions and workers with ffmpeg; the wall time ends with
 * the command, which waits for the job.
 */
export interface PipelineRun extends Usage {
  readonly ffmpegRuns: readonly FfmpegRun[];
  /** When the command was started, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly unitTimes: readonly UnitTime[];
  /** Of the video of all renditions. */
  readonly videoBytes: number;
  /** Of the process of the local cloud, without functions and workers. */
  readonly cloudCpuSeconds: number;
  /** Of the command that uploads and waits. */
  readonly commandCpuSeconds: number;
  /** Of the largest worker's own process, without ffmpeg. */
  readonly workerMemoryBytes: number;
  readonly cloudMemoryBytes: number;
  /** Complete: its task has stopped. */
  readonly cost: JobCost;
  /** Of its task. */
  readonly size: TaskSize;
}

const commandLine = fileURLToPath(new URL('../../../../cli/dist/main.mjs', import.meta.url));
const pollMilliseconds = 50;

/**
 * Sends a file through the pipeline as a user does: a local cloud, and `fyrestream upload FILE --wait`. Each run has a new cloud,
 * so that each pays for the start of the functions.
 * @throws FyrestreamError `job-not-succeeded`
 */
export async function runPipeline(
  parentDirectory: string,
  file: string,
  settings: BenchCloudSettings = {},
): Promise<PipelineRun> {
  const directory = await mkdtemp(join(parentDirectory, 'pipeline-'));
  const recorder = await recordFfmpegRuns(directory, process.env.PATH ?? '');
  const cloud = await startBenchCloud(directory, settings, recorder.searchPath);
  try {
    return { ...(await uploadAndWait(cloud, file)), ffmpegRuns: recorder.runs };
  } finally {
    await cloud.stop();
    recorder.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function uploadAndWait(cloud: BenchCloud, file: string): Promise<Omit<PipelineRun, 'ffmpegRuns'>> {
  const { dataDirectory } = cloud.connection;
  const workers = watchWorkers(cloud.pid);
  const [treeBefore, ownBefore] = [readTreeCpuSeconds(cloud.pid), readOwnCpuSeconds(cloud.pid)];
  const startedAt = Date.now();
  const command = await timeCommand([
    ...[process.execPath, commandLine, 'upload', file],
    ...['--wait', '--json', '--data', dataDirectory],
  ]).finally(workers.stop);
  // A worker ends after its job: it removes its files.
  while (workers.areRunning()) await sleep(pollMilliseconds);
  const { jobId } = JSON.parse(command.stdout);
  const { job, cost } = await readBilledJob(cloud, jobId);
  return {
    ...{ cost, size: job.size },
    startedAt,
    videoBytes: videoBytesOf(job),
    unitTimes: await readUnitTimes(join(dataDirectory, 'logs')),
    wallSeconds: command.wallSeconds,
    cpuSeconds: readTreeCpuSeconds(cloud.pid) - treeBefore + command.cpuSeconds,
    cloudCpuSeconds: readOwnCpuSeconds(cloud.pid) - ownBefore,
    commandCpuSeconds: command.cpuSeconds,
    workerMemoryBytes: workers.stop(),
    cloudMemoryBytes: readPeakMemoryBytes(cloud.pid),
  };
}

/** The bill is complete when the event about the end of the task was handled. */
async function readBilledJob(cloud: BenchCloud, jobId: string): Promise<{ job: JobRecord; cost: JobCost }> {
  const { ledger } = connectToCloud(cloud.connection);
  for (;;) {
    const job = await ledger.readJob(jobId);
    const cost = job && jobCostOf(job);
    // A job that is held costs nothing more, and did not succeed.
    if (job !== null && cost != null && (cost.isFinal || job.status === 'held')) return { job, cost };
    await sleep(pollMilliseconds);
  }
}

function videoBytesOf(job: JobRecord): number {
  if (job.outputs !== null) {
    return job.outputs.renditions
      .filter(({ kind }) => kind === 'video')
      .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }
  const why = job.reason?.message ?? `it is ${job.status}`;
  throw new FyrestreamError({
    code: 'job-not-succeeded',
    message: `A job of the benchmark did not succeed: ${why}.`,
    retryable: false,
  });
}
