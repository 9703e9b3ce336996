import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudChildProcess, listCloudChildProcesses } from '../list-cloud-child-processes.ts';
import type { RestartableCloud } from '../start-restartable-cloud.ts';
import { applyFaults } from './apply-faults.ts';
import type { ChaosEnvironment, ChaosRun } from './chaos-run.ts';
import type { ChaosPlan, KillTarget, PlannedFault, PlannedKill, PlannedUpload } from './plan-chaos.ts';
import { retry } from './retry.ts';

const delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
/** How long a kill waits for a process of its target. */
const maxWaitMilliseconds = 4_000;
/** How long such a process runs at most before it is killed. */
const maxUptimeMilliseconds = 3_000;
const pollMilliseconds = 100;

/** Uploads, kills and applies faults as planned. @returns when all is uploaded, the last fault is over and the cloud runs */
export async function runChaos(
  { uploads, kills, faults }: ChaosPlan,
  environment: ChaosEnvironment,
): Promise<ChaosRun> {
  const startedAt = Date.now();
  const waitFor = ({ atMilliseconds }: PlannedUpload | PlannedKill | PlannedFault) =>
    sleep(Math.max(0, startedAt + atMilliseconds - Date.now()));
  const killsByTarget = new Map<KillTarget, number>();
  const disturbancesByJobId = new Map<string, number>();
  const countDisturbance = (jobIds: readonly string[]) => {
    for (const jobId of jobIds) disturbancesByJobId.set(jobId, (disturbancesByJobId.get(jobId) ?? 0) + 1);
  };

  const killAll = async () => {
    for (const planned of kills) {
      await waitFor(planned);
      const { isKilled, jobIds } = await kill(planned, environment.cloud);
      killsByTarget.set(planned.target, (killsByTarget.get(planned.target) ?? 0) + (isKilled ? 1 : 0));
      countDisturbance(jobIds);
    }
    await environment.cloud.ready();
  };
  const uploadAll = uploads.map(async (planned) => {
    await waitFor(planned);
    return await upload(planned, environment);
  });
  const { cloud } = environment;
  const onJump = () => countDisturbance(jobsOf(workersOf(cloud)));
  const [acknowledged, { faultsByKind }] = await Promise.all([
    Promise.all(uploadAll),
    applyFaults(faults, cloud, waitFor, onJump),
    killAll(),
  ]);
  return { acknowledged, killsByTarget, faultsByKind, disturbancesByJobId };
}

async function upload({ key, sourceName }: PlannedUpload, { clients, files, onUpload }: ChaosEnvironment) {
  const address = { bucket: clients.sourceBucket, key };
  const { versionId } = await retry(() => clients.store.upload(address, files.pathOf(sourceName), delivery));
  onUpload(key);
  return { key, versionId: versionId ?? '' };
}

/** The workers that a cloud runs now. */
export function workersOf(cloud: RestartableCloud): CloudChildProcess[] {
  return listCloudChildProcesses(cloud.pid()).filter(({ role }) => role === 'worker');
}

/** Kills one process of the target, if one runs. @returns the jobs whose workers were killed */
async function kill(planned: PlannedKill, cloud: RestartableCloud) {
  if (planned.target === 'cloud') {
    const jobIds = jobsOf(workersOf(cloud));
    await cloud.kill();
    await sleep(planned.downMilliseconds);
    cloud.start();
    return { isKilled: true, jobIds };
  }
  const chosen = await chooseProcess(planned, cloud);
  if (chosen === undefined) return { isKilled: false, jobIds: [] };
  try {
    process.kill(chosen.pid, 'SIGKILL');
    return { isKilled: true, jobIds: jobsOf([chosen]) };
  } catch {
    return { isKilled: false, jobIds: [] };
  }
}

/** Where none runs, waits for the next and lets it run for a moment: otherwise all kills would hit start-up. */
async function chooseProcess({ target, choice }: PlannedKill, cloud: RestartableCloud) {
  const candidates = () => listCloudChildProcesses(cloud.pid()).filter(({ role }) => role === target);
  const deadline = Date.now() + maxWaitMilliseconds;
  if (candidates().length === 0) {
    while (candidates().length === 0 && Date.now() < deadline) await sleep(pollMilliseconds);
    await sleep(choice * maxUptimeMilliseconds);
  }
  const found = candidates();
  return found[Math.floor(choice * found.length)];
}

/** The end of an additional worker is no failure of its job. */
function jobsOf(workers: readonly CloudChildProcess[]): string[] {
  return workers.flatMap(({ jobId, isLeading }) => (isLeading && jobId ? [jobId] : []));
}
