// pnpm chaos [--uploads 200] [--minutes 5] [--seed 1]: uploads to a real local cloud while workers, Lambda functions and
// the whole cloud are killed, then waits for calm and checks that every upload came to its one right end. Leaves with 1
// where one did not; the data then stays for whoever wants to know why.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectToCloud } from '../connect-to-cloud.ts';
import { processesOf } from './cloud-processes.ts';
import { collectObservations } from './collect-observations.ts';
import { findLeftovers } from './find-leftovers.ts';
import { judge } from './judge.ts';
import type { ChaosObservations } from './observations.ts';
import { planChaos } from './plan-chaos.ts';
import { printTally } from './print-tally.ts';
import { startRestartableCloud } from './restartable-cloud.ts';
import { runChaos } from './run-chaos.ts';
import { makeSourceFiles } from './source-files.ts';
import { startViewer } from './start-viewer.ts';
import { waitUntilQuiet } from './wait-until-quiet.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, uploads: { type: 'string' }, minutes: { type: 'string' } },
});
const settings = {
  seed: Number(values.seed ?? 1),
  uploads: Number(values.uploads ?? 200),
  minutes: Number(values.minutes ?? 5),
};
if (!Number.isInteger(settings.seed) || !(settings.uploads >= 1) || !(settings.minutes > 0)) {
  process.stderr.write('usage: pnpm chaos [--uploads 200] [--minutes 5] [--seed 1]\n');
  process.exit(2);
}
const startedAt = Date.now();
const report = (line: string) =>
  process.stdout.write(`${String(Math.round((Date.now() - startedAt) / 1_000)).padStart(5)} s  ${line}\n`);

const plan = planChaos(settings);
const directory = await mkdtemp(join(tmpdir(), 'fyrestream-chaos-'));
const files = await makeSourceFiles(join(directory, 'sources'));
const cloud = await startRestartableCloud(directory);
const clients = connectToCloud(cloud.connection);
const viewer = startViewer(clients);
const stage = { cloud, clients, files, onUpload: viewer.watch };
report(
  `seed ${settings.seed}: ${plan.uploads.length} uploads, ${plan.kills.length} kills, data in ${directory}`,
);

const chaos = await runChaos(plan, stage);
report('calm');
await waitUntilQuiet(stage, chaos, report);
const sightings = await viewer.stop();
const gathered = await collectObservations(cloud.connection, clients, files);
const leftBehind = await findLeftovers(clients, cloud.connection.dataDirectory);
await cloud.stop();
const orphans = processesOf(directory).map((line) => `a process is left: ${line}`);
const leftovers = [...cloud.collapses, ...leftBehind, ...orphans];
const observations: ChaosObservations = { ...gathered, ...chaos, sightings, leftovers };

const judgement = judge(observations);
printTally(plan, chaos, observations, judgement);
if (judgement.violations.length === 0) await rm(directory, { recursive: true, force: true });
else process.exitCode = 1;
