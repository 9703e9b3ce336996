import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudClients } from '../connect-to-cloud.ts';
import { type CloudProcess, childrenOf } from './cloud-processes.ts';
import type { ChaosObservations } from './observations.ts';
import type { ChaosPlan, KillTarget, PlannedKill, PlannedUpload } from './plan-chaos.ts';
import type { RestartableCloud } from './restartable-cloud.ts';
import { retry } from './retry.ts';
import type { SourceFiles } from './source-files.ts';

export interface Stage {
  readonly cloud: RestartableCloud;
  readonly clients: CloudClients;
  readonly files: SourceFiles;
  /** Called with each key that is uploaded. */
  readonly onUpload: (key: string) => void;
}

/** What was done. */
export interface Chaos extends Pick<ChaosObservations, 'acknowledged' | 'kills'> {
  /** How many of each died. */
  readonly deaths: ReadonlyMap<KillTarget, number>;
}

const delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
const maxWaitMilliseconds = 4_000;
const maxUptimeMilliseconds = 3_000;
const betweenLooksMilliseconds = 100;

/** Uploads and kills as planned; answers when all is uploaded, nobody is killed any more and the cloud is up. */
export async function runChaos({ uploads, kills }: ChaosPlan, stage: Stage): Promise<Chaos> {
  const startedAt = Date.now();
  const moment = ({ atMilliseconds }: PlannedUpload | PlannedKill) =>
    sleep(Math.max(0, startedAt + atMilliseconds - Date.now()));
  const deaths = new Map<KillTarget, number>();
  const killsOfJobs = new Map<string, number>();

  const killing = async () => {
    for (const kill of kills) {
      await moment(kill);
      const { died, jobIds } = await strike(kill, stage.cloud);
      deaths.set(kill.victim, (deaths.get(kill.victim) ?? 0) + (died ? 1 : 0));
      for (const jobId of jobIds) killsOfJobs.set(jobId, (killsOfJobs.get(jobId) ?? 0) + 1);
    }
    await stage.cloud.ready();
  };
  const [acknowledged] = await Promise.all([
    Promise.all(
      uploads.map(async (upload) => {
        await moment(upload);
        return await send(upload, stage);
      }),
    ),
    killing(),
  ]);
  return { acknowledged, deaths, kills: killsOfJobs };
}

async function send({ key, sourceName }: PlannedUpload, { clients, files, onUpload }: Stage) {
  const address = { bucket: clients.sourceBucket, key };
  const { versionId } = await retry(() => clients.store.upload(address, files.pathOf(sourceName), delivery));
  onUpload(key);
  return { key, versionId: versionId ?? '' };
}

/** The workers that a cloud runs now. */
export function workersOf(cloud: RestartableCloud): CloudProcess[] {
  return childrenOf(cloud.pid() ?? 0).filter(({ role }) => role === 'worker');
}

/** Kills one of those that run, or is late for all of them. @returns whether one died, and whose workers died */
async function strike(kill: PlannedKill, cloud: RestartableCloud) {
  if (kill.victim === 'cloud') {
    const jobIds = jobsOf(workersOf(cloud));
    await cloud.kill();
    await sleep(kill.downMilliseconds);
    cloud.start();
    return { died: true, jobIds };
  }
  const chosen = await findVictim(kill, cloud);
  if (chosen === undefined) return { died: false, jobIds: [] };
  try {
    process.kill(chosen.pid, 'SIGKILL');
    return { died: true, jobIds: jobsOf([chosen]) };
  } catch {
    return { died: false, jobIds: [] };
  }
}

/** Where none runs, the next that comes is let live for a moment: not all are to die young. */
async function findVictim({ victim, choice }: PlannedKill, cloud: RestartableCloud) {
  const candidates = () => childrenOf(cloud.pid() ?? 0).filter(({ role }) => role === victim);
  const deadline = Date.now() + maxWaitMilliseconds;
  if (candidates().length === 0) {
    while (candidates().length === 0 && Date.now() < deadline) await sleep(betweenLooksMilliseconds);
    await sleep(choice * maxUptimeMilliseconds);
  }
  const found = candidates();
  return found[Math.floor(choice * found.length)];
}

function jobsOf(dead: readonly CloudProcess[]): string[] {
  return dead.flatMap(({ request }) => request?.jobId ?? []);
}
