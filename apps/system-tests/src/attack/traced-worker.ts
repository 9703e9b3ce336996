import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Resources } from './resources.ts';
import { straceArguments } from './strace-arguments.ts';

export interface TracedWorker {
  /** The bundle of the worker. */
  readonly bundlePath: string;
  /** The folder for `JOB.ATTEMPT.trace` and `JOB.ATTEMPT.json`. */
  readonly traceDirectory: string;
  /** The environment of the task. */
  readonly environment: NodeJS.ProcessEnv;
  /** Above this estimate a job is held: a lower limit than that of the local cloud. */
  readonly costLimitUsd: string;
}

const sampleMilliseconds = 20;
const mebibyte = 1024 ** 2;
/** The unit of /proc/PID/stat on Linux: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const ticksPerSecond = 100;

/**
 * Runs a worker under strace in the place of the container: records each file that it and its children open and each
 * address that they connect to, and what they use.
 */
export async function runTracedWorker({
  bundlePath,
  traceDirectory,
  environment,
  costLimitUsd,
}: TracedWorker) {
  const { jobId, attempt } = JSON.parse(environment.FYRESTREAM_REQUEST ?? '{}');
  const path = join(traceDirectory, `${jobId}.${attempt}`);
  const scratch = environment.FYRESTREAM_SCRATCH_DIRECTORY ?? '';
  const worker = spawn('strace', [...straceArguments(`${path}.trace`), process.execPath, bundlePath], {
    stdio: 'inherit',
    env: { ...environment, FYRESTREAM_COST_LIMIT_USD: costLimitUsd },
  });
  process.on('SIGTERM', () => worker.kill('SIGTERM'));
  const peak = { memoryMebibytes: 0, scratchMebibytes: 0 };
  const sample = () => {
    const processes = [`${worker.pid}`, ...childrenOf(worker.pid)];
    const memoryMebibytes = processes.map(peakMemory).reduce((sum, peak) => sum + peak, 0);
    peak.memoryMebibytes = Math.max(peak.memoryMebibytes, memoryMebibytes);
    peak.scratchMebibytes = Math.max(peak.scratchMebibytes, sizeOf(scratch) / mebibyte);
  };
  const timer = setInterval(sample, sampleMilliseconds);
  const code = await new Promise<number>((resolve) =>
    worker.once('exit', (status, signal) =>
      resolve(status ?? 128 + (signal ? constants.signals[signal] : 0)),
    ),
  );
  clearInterval(timer);
  const resources: Resources = { cpuSeconds: childrenCpuSeconds(), ...peak, scratch };
  writeFileSync(`${path}.json`, JSON.stringify(resources));
  process.exit(code);
}

/** ffmpeg and ffprobe: `env`, `unshare` and `prlimit` replace themselves. */
function childrenOf(pid: number | undefined): string[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
}

/** In MiB. A process that ends less than a sample after it took memory is not seen with all of it. */
function peakMemory(pid: string): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

/** The CPU time of all ended children and their children. */
function childrenCpuSeconds(): number {
  const stat = read('/proc/self/stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}

function sizeOf(directory: string): number {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((name) => statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size, 0);
  } catch {
    // It is removed at the end.
    return 0;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
