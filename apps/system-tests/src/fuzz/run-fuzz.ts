import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectObservations } from '../collect-observations.ts';
import { type CloudClients, connectToCloud } from '../connect-to-cloud.ts';
import { findLeftoverViolations, waitForMessages } from '../find-leftover-violations.ts';
import { listProcessesBelow } from '../list-cloud-child-processes.ts';
import { startRestartableCloud } from '../start-restartable-cloud.ts';
import { findViolations } from '../violations/find-violations.ts';
import type { UploadedVersion } from '../violations/observations.ts';
import type { Violation } from '../violations/violation.ts';
import { watchJobEnds } from '../watch-job-ends.ts';
import { findCertificateViolations } from './find-certificate-violations.ts';
import { findFuzzViolations } from './find-fuzz-violations.ts';
import { findLogViolations } from './find-log-violations.ts';
import type { FuzzUpload } from './fuzz-upload.ts';
import { makeSampleFiles } from './make-sample-files.ts';
import { mutate } from './mutate.ts';
import { readCpuSeconds } from './read-cpu-seconds.ts';
import { sendMutation } from './send-mutation.ts';

export interface FuzzRun {
  readonly uploads: readonly FuzzUpload[];
  readonly violations: readonly Violation[];
  /** Of the cloud with all workers. */
  readonly cpuSeconds: number;
  /** Kept if there are violations. */
  readonly directory: string;
}

export interface FuzzOptions {
  /** The first mutation; the others have the following seeds. */
  readonly seed: number;
  readonly mutations: number;
  /** Called with each upload whose job has ended. */
  readonly onEnd?: (upload: FuzzUpload, violations: readonly Violation[]) => void;
}

/**
 * A damaged clock turns half a second into hours of silence: a job that costs four times as much as the dearest of the
 * others, a file of unknown size, is held.
 * Functions stay warm between two uploads: each start takes as much CPU time as a refused file.
 */
const settings = { maxRunningTasks: 4, costLimitUsd: 0.012, keepWarmSeconds: 120 };
/** So many that no place of a worker waits for an upload. */
const uploadsAtOnce = 2 * settings.maxRunningTasks;

/** Sends mutations through a local cloud of its own and compares how all of it ended with what is wanted. */
export async function runFuzz({ seed, mutations, onEnd = () => {} }: FuzzOptions): Promise<FuzzRun> {
  const directory = await mkdtemp(join(tmpdir(), 'fyrestream-fuzz-'));
  const uploadDirectory = join(directory, 'uploads');
  await mkdir(uploadDirectory);
  const samples = await makeSampleFiles();
  const cloud = await startRestartableCloud(directory, settings);
  const clients = connectToCloud(cloud.connection);
  const watching = new AbortController();
  const jobEnds = watchJobEnds(cloud.connection.dataDirectory, watching.signal);
  const uploads: FuzzUpload[] = [];
  const violations: Violation[] = [];

  const seeds = Array.from({ length: mutations }, (_, index) => seed + index).values();
  const sendAll = async () => {
    for (const next of seeds) {
      const upload = await sendMutation(clients, uploadDirectory, jobEnds, mutate(next, samples));
      const found = [...findFuzzViolations(upload), ...(await findPublishedViolations(clients, upload))];
      uploads.push(upload);
      violations.push(...found);
      onEnd(upload, found);
    }
  };
  await Promise.all(Array.from({ length: uploadsAtOnce }, sendAll));
  watching.abort();

  // The last tasks are still being recorded when their jobs have ended.
  await waitForMessages(clients);
  const { dataDirectory } = cloud.connection;
  const ended = uploads.filter(({ job }) => job?.status !== 'held');
  const versions = new Map(ended.map((upload) => [upload.key, [versionOf(upload)]]));
  const observations = await collectObservations(cloud.connection, clients, versions, []);
  const heldIds = new Set(uploads.flatMap(({ job }) => (job?.status === 'held' ? [job.jobId] : [])));
  violations.push(
    ...findViolations(observations).filter(({ jobId }) => jobId === undefined || !heldIds.has(jobId)),
    ...(await findLeftoverViolations(clients, dataDirectory)),
    ...(await findLogViolations(join(dataDirectory, 'logs'))),
  );
  const cpuSeconds = readCpuSeconds(cloud.pid() ?? process.pid);
  await cloud.stop();
  violations.push(
    ...cloud.unexpectedExits.map((message): Violation => ({ kind: 'wrong', message })),
    ...listProcessesBelow(directory).map(
      (line): Violation => ({ kind: 'stuck', message: `a process still runs: ${line}` }),
    ),
  );
  if (violations.length === 0) await rm(directory, { recursive: true, force: true });
  return { uploads, violations, cpuSeconds, directory };
}

async function findPublishedViolations(clients: CloudClients, { job }: FuzzUpload): Promise<Violation[]> {
  return job?.status === 'succeeded' ? await findCertificateViolations(clients, job) : [];
}

/** Whether the file is refused or published, its job has one end; its reason is judged apart. */
function versionOf({ key, versionId, jobId, mutation }: FuzzUpload): UploadedVersion {
  return {
    ...{ key, versionId, jobId, content: `--seed ${mutation.seed}` },
    ...{ mustHaveJob: true, expectedStatus: 'succeeded', expectedReasonCode: null },
    ...{ mayFail: true, isUserControlled: false },
  };
}
