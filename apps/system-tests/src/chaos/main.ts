// pnpm chaos [--uploads 200] [--minutes 5] [--seed 1] [--workers 1]: uploads to a real local cloud while workers, Lambda functions and
// the whole cloud are killed, its disk is full and clocks jump by days, waits until all is quiet and checks the result of every upload. If there is a violation, it
// exits with 1 and keeps the data directory.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { collectObservations } from '../collect-observations.ts';
import { connectToCloud } from '../connect-to-cloud.ts';
import { findLeftoverViolations } from '../find-leftover-violations.ts';
import { listProcessesBelow } from '../list-cloud-child-processes.ts';
import { type CloudSettings, startRestartableCloud } from '../start-restartable-cloud.ts';
import type { Violation } from '../violations/violation.ts';
import { findChaosViolations } from './find-chaos-violations.ts';
import { findMissingFaults } from './find-missing-faults.ts';
import { findMissingKills } from './find-missing-kills.ts';
import { listUploadedVersions } from './list-uploaded-versions.ts';
import { makeSourceFiles } from './make-source-files.ts';
import { planChaos } from './plan-chaos.ts';
import { printResults } from './print-results.ts';
import { runChaos } from './run-chaos.ts';
import { waitUntilQuiet } from './wait-until-quiet.ts';
import { watchPublishedVersions } from './watch-published-versions.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    uploads: { type: 'string' },
    minutes: { type: 'string' },
    workers: { type: 'string' },
  },
});
const settings = {
  seed: Number(values.seed ?? 1),
  uploads: Number(values.uploads ?? 200),
  minutes: Number(values.minutes ?? 5),
};
const workers = Number(values.workers ?? 1);
if (
  !Number.isInteger(settings.seed) ||
  !(settings.uploads >= 1) ||
  !(settings.minutes > 0) ||
  !(workers >= 1)
) {
  process.stderr.write('usage: pnpm chaos [--uploads 200] [--minutes 5] [--seed 1] [--workers 1]\n');
  process.exit(2);
}
const startedAt = Date.now();
const report = (line: string) =>
  process.stdout.write(`${String(Math.round((Date.now() - startedAt) / 1_000)).padStart(5)} s  ${line}\n`);

/** Eight units of one segment. */
const sharedVideoSeconds = 48;
/** Every video wants as many workers as it may have. */
const settingsForWorkers = (maxWorkersPerJob: number): CloudSettings => ({
  ...{ maxWorkersPerJob, maxRunningTasks: maxWorkersPerJob + 1, unitSeconds: 6, targetMinutes: 1e-6 },
});

const plan = planChaos(settings);
const directory = await mkdtemp(join(tmpdir(), 'fyrestream-chaos-'));
const files = await makeSourceFiles(join(directory, 'sources'), workers > 1 ? sharedVideoSeconds : undefined);
const cloud = await startRestartableCloud(directory, workers > 1 ? settingsForWorkers(workers) : undefined);
const clients = connectToCloud(cloud.connection);
const viewer = watchPublishedVersions(clients);
const environment = { cloud, clients, files, onUpload: viewer.watch };
report(
  `seed ${settings.seed}: ${plan.uploads.length} uploads, ${plan.kills.length} kills, ${plan.faults.length} faults, data in ${directory}`,
);

const run = await runChaos(plan, environment);
report('all uploads, kills and faults are done');
await waitUntilQuiet(environment, run, report);
const observations = await collectObservations(
  cloud.connection,
  clients,
  await listUploadedVersions(environment, run),
  await viewer.stop(),
);
const leftovers = await findLeftoverViolations(clients, cloud.connection.dataDirectory);
await cloud.stop();
const runningProcesses = listProcessesBelow(directory).map(
  (line): Violation => ({ kind: 'stuck', message: `a process still runs: ${line}` }),
);
const exits = cloud.unexpectedExits.map((message): Violation => ({ kind: 'wrong', message }));

const violations = [
  ...exits,
  ...leftovers,
  ...runningProcesses,
  ...findMissingKills(plan, run),
  ...findMissingFaults(plan, run),
  ...findChaosViolations(observations, run),
];
printResults(plan, run, observations, violations);
if (violations.length === 0) await rm(directory, { recursive: true, force: true });
else process.exitCode = 1;
