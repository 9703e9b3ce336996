import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LocalCloud, localTopology, startLocalCloud } from '@fyrestream/local';
import { createMediaMaker, type MediaMaker, smallMedia } from './build/make-media.ts';
import { findTraceViolations, programsIn } from './read-trace.ts';
import type { Resources } from './resources.ts';

/** What the attempts of a job used and did. */
export interface JobTraces {
  readonly resources: Resources;
  readonly programs: ReadonlySet<string>;
  readonly violations: readonly string[];
}

/** A local cloud whose workers are traced, with what an attack would like to reach: a file beside it and a server. */
export interface TracedCloud {
  readonly cloud: LocalCloud;
  readonly makeMedia: MediaMaker;
  /** A video that no job may read. */
  readonly secretPath: string;
  /** The address of a server that nobody may call. */
  readonly decoyUrl: string;
  readonly decoyConnections: () => number;
  /** Null if no worker ran. Complete after `stop`. */
  readonly readTraces: (jobId: string) => Promise<JobTraces | null>;
  /** Stops the cloud and keeps the traces. */
  readonly stop: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
/** No attack is worth more; the dearest honest source of these tests costs a seventh. */
const costLimitUsd = '0.025';

export async function startTracedCloud(): Promise<TracedCloud> {
  const root = await mkdtemp(join(tmpdir(), 'fyrestream-attack-'));
  const makeMedia = createMediaMaker();
  const secretPath = join(root, 'neighbour', 'secret.mp4');
  await mkdir(dirname(secretPath));
  await writeFile(secretPath, await makeMedia(smallMedia('libx264', 'aac'), '.mp4'));
  let connections = 0;
  const decoy = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((listening) => decoy.listen(0, '127.0.0.1', listening));
  const { port } = decoy.address() as { port: number };
  const traceDirectory = join(root, 'traces');
  await mkdir(traceDirectory);
  const bundlePath = join(root, 'worker.mjs');
  await writeFile(bundlePath, tracedWorkerSource(traceDirectory));
  const { taskDefinition } = localTopology;
  const cloud = await startLocalCloud({
    dataDirectory: join(root, 'data'),
    // Most jobs are refused within a second: with few places they would wait for a place.
    topology: { ...localTopology, maxRunningTasks: 4, taskDefinition: { ...taskDefinition, bundlePath } },
  });
  const { url, s3Url } = cloud.connection;
  const ports = [url, s3Url].map((address) => Number(new URL(address).port));
  return {
    cloud,
    makeMedia,
    secretPath,
    decoyUrl: `http://127.0.0.1:${port}`,
    decoyConnections: () => connections,
    readTraces: (jobId) => readTraces(traceDirectory, jobId, ports),
    stop: async () => {
      await cloud.stop();
      decoy.close();
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** The script that the local cloud starts as a container. */
function tracedWorkerSource(traceDirectory: string): string {
  const module = new URL('./traced-worker.ts', import.meta.url).href;
  const { bundlePath } = localTopology.taskDefinition;
  const facts = JSON.stringify({ bundlePath, traceDirectory, costLimitUsd });
  return `import { runTracedWorker } from ${JSON.stringify(module)};
await runTracedWorker({ ...${facts}, environment: process.env });\n`;
}

async function readTraces(
  directory: string,
  jobId: string,
  ports: readonly number[],
): Promise<JobTraces | null> {
  const names = (await readdir(directory)).filter((name) => name.startsWith(`${jobId}.`));
  const reports = names.filter((name) => name.endsWith('.json'));
  if (reports.length === 0) return null;
  const read = (name: string) => readFile(join(directory, name), 'utf8');
  const attempts: Resources[] = await Promise.all(reports.map(async (name) => JSON.parse(await read(name))));
  const traces = await Promise.all(reports.map((name) => read(name.replace(/json$/, 'trace'))));
  const violations = traces.flatMap((trace, index) =>
    findTraceViolations(trace, {
      scratch: attempts[index]?.scratch ?? '',
      temporaryDirectory: tmpdir(),
      programDirectories: [repository.replace(/\/$/, ''), dirname(dirname(process.execPath))],
      ports,
    }),
  );
  const max = (of: (attempt: Resources) => number) => Math.max(...attempts.map(of));
  const resources: Resources = {
    cpuSeconds: attempts.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    memoryMebibytes: max(({ memoryMebibytes }) => memoryMebibytes),
    scratchMebibytes: max(({ scratchMebibytes }) => scratchMebibytes),
    scratch: attempts[0]?.scratch ?? '',
  };
  return { resources, programs: programsIn(traces.join('\n')), violations };
}
