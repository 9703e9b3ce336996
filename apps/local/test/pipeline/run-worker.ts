import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { admitJob, jobIdOf, packProfiles, type TranscodeRequest } from '@fyrestream/events';
import type { LocalConnection } from '../../src/local-connection.ts';
import { localTopology } from '../../src/topology.ts';
import type { PipelineClient } from './pipeline-client.ts';

/** Of the tasks that the workers believe to run in. */
export const harnessTaskSize = { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 };

/** Workers started by hand, outside of any task, so that what they leave behind can be seen. */
export interface WorkerHarness {
  /** Empty whenever no worker runs. */
  readonly scratch: string;
  /** A job in the state after its task was started. Its source has a key that causes no notification. */
  launchable(name: string, path: string): Promise<TranscodeRequest>;
  environmentFor(request: TranscodeRequest): Record<string, string>;
  start(environment: Record<string, string>): RunningWorker;
  /** What the shell does before each run of ffmpeg and ffprobe by these workers. */
  beforeTools(script: string): Promise<void>;
}

export interface RunningWorker {
  readonly child: ChildProcess;
  readonly exitCode: Promise<number | null>;
  readonly output: () => string;
  /** The most memory that it ever held, in bytes. */
  readonly peakBytes: () => number;
}

export async function openWorkerHarness(
  directory: string,
  connection: LocalConnection,
  pipeline: PipelineClient,
): Promise<WorkerHarness> {
  const tools = join(directory, 'tools');
  const scratch = join(directory, 'scratch');
  for (const folder of [tools, scratch]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
  }
  const bench: WorkerHarness = {
    scratch,
    async launchable(name, path) {
      const bucket = pipeline.outputBucket;
      const key = `videos/${name}`;
      const delivery = { contentType: 'video/mp4', cacheControl: 'no-store' };
      const { etag, versionId } = await pipeline.store.upload({ bucket, key }, path, delivery);
      const at = new Date().toISOString();
      const upload = { bucket, key, versionId, etag, sizeBytes: 1, sequencer: null, uploadedAt: at };
      const jobId = jobIdOf(upload);
      await pipeline.ledger.createJob(
        admitJob({
          jobId,
          upload,
          size: harnessTaskSize,
          capacity: 'spot',
          costEstimateUsd: null,
          refusal: null,
          at,
        }),
      );
      await pipeline.ledger.recordUpload(upload);
      const request = {
        clientToken: jobId,
        cluster: 'cluster',
        taskDefinition: 'transcoder:1',
        containerName: 'transcoder',
        capacity: 'spot' as const,
        size: harnessTaskSize,
        subnets: [],
        securityGroups: [],
        startedBy: jobId,
        environment: {},
      };
      const launch = { attempt: 1, taskArn: 'arn:of:no:task', plannedAt: at, request };
      await pipeline.ledger.advance(jobId, { kind: 'launch-planned', launch });
      return { schemaVersion: 1, jobId, attempt: 1, slot: 0 };
    },
    environmentFor: (request) => ({
      ...connection.environment,
      PATH: `${tools}:${process.env.PATH}`,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(directory, 'compile-cache'),
      TMPDIR: scratch,
      AWS_ACCESS_KEY_ID: connection.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: connection.credentials.secretAccessKey,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token of the task role',
      FYRESTREAM_PROFILES: packProfiles(localTopology),
      FYRESTREAM_SCRATCH_DIRECTORY: scratch,
      FYRESTREAM_COST_LIMIT_USD: '1000',
      FYRESTREAM_REGION: 'us-east-1',
      FYRESTREAM_ARCHITECTURE: 'x86_64',
      FYRESTREAM_ATTEMPT_HOURS: '1',
      FYRESTREAM_UNIT_SECONDS: '48',
      FYRESTREAM_MAX_WORKERS_PER_JOB: '1',
      FYRESTREAM_TARGET_MINUTES: '10',
      FYRESTREAM_REQUEST: JSON.stringify(request),
    }),
    start: (environment) => startWorker(scratch, environment),
    async beforeTools(script) {
      for (const name of ['ffmpeg', 'ffprobe']) {
        const real = `PATH="\${PATH#${tools}:}" exec ${name} "$@"`;
        await writeFile(join(tools, name), `#!/bin/sh\n${script}\n${real}\n`);
        await chmod(join(tools, name), 0o755);
      }
    },
  };
  await bench.beforeTools('');
  return bench;
}

const sampleMilliseconds = 50;

function startWorker(workingDirectory: string, environment: Record<string, string>): RunningWorker {
  const child = spawn(process.execPath, [localTopology.taskDefinition.bundlePath], {
    cwd: workingDirectory,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let peakBytes = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  const sampling = setInterval(() => {
    peakBytes = Math.max(peakBytes, readPeakBytes(child.pid));
  }, sampleMilliseconds);
  const exitCode = once(child, 'close').then(([code]) => {
    clearInterval(sampling);
    return code as number | null;
  });
  return { child, exitCode, output: () => output, peakBytes: () => peakBytes };
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function readPeakBytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
