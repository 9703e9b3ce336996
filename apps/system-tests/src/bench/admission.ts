// pnpm bench:admission [ROUNDS]: measures how long honest uploads wait for their job and for its inspection: alone, directly
// behind ten honest files, and directly behind ten files that crash or block the inspection. Each round (5) measures all
// three, so that the load of the machine affects them alike. Workers do nothing here.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostileMedia } from '@fyrestream/invoker/test/hostile-media';
import { localTopology, startLocalCloud } from '@fyrestream/local';
import { connectToCloud } from '../connect-to-cloud.ts';
import { findLogViolations } from '../fuzz/find-log-violations.ts';

const rounds = Number(process.argv[2] ?? 5);
const filesAhead = 10;
const honestFiles = 3;
const pollMilliseconds = 20;

const directory = await mkdtemp(join(tmpdir(), 'fyrestream-admission-'));
const worker = join(directory, 'worker.mjs');
await writeFile(worker, 'setInterval(() => {}, 1_000_000);\n');
for (const [name, make] of Object.entries(hostileMedia)) await writeFile(join(directory, name), make());
await writeFile(join(directory, 'honest.ts'), honestTransportStream());
const hostileNames = Object.keys(hostileMedia);

const cloud = await startLocalCloud({
  dataDirectory: join(directory, 'data'),
  topology: { ...localTopology, taskDefinition: { ...localTopology.taskDefinition, bundlePath: worker } },
});
const clients = connectToCloud(cloud.connection);
const { ledger, countMessages, readDeadLetters } = clients;
const waits = { alone: [] as Wait[], 'behind honest': [] as Wait[], 'behind hostile': [] as Wait[] };
try {
  await waitForHonest('warm');
  for (let round = 1; round <= rounds; round += 1) {
    for (const [condition, measured] of Object.entries(waits)) {
      if (condition !== 'alone') await uploadAhead(`${condition} ${round}`, condition === 'behind hostile');
      measured.push(...(await waitForHonest(`${condition} ${round} last`)));
      await waitForEmptyQueues();
    }
  }
  console.log(`${rounds} rounds, ${honestFiles} honest uploads, alone or behind ${filesAhead} files`);
  console.table({
    'job exists (s)': row(({ admittedMilliseconds }) => admittedMilliseconds),
    'inspected (s)': row(({ inspectedMilliseconds }) => inspectedMilliseconds),
  });
  console.log(`${(await readDeadLetters()).length} dead letters`);
  const errors = await findLogViolations(join(directory, 'data', 'logs'));
  console.log(`${errors.length} errors in the logs, a sweep in trouble included`);
  for (const { message } of errors) console.log(message);
} finally {
  await cloud.stop();
  await rm(directory, { recursive: true, force: true });
}

/** From the end of the upload. */
interface Wait {
  readonly admittedMilliseconds: number;
  readonly inspectedMilliseconds: number;
}

async function waitForHonest(folder: string): Promise<Wait[]> {
  const files = Array.from({ length: honestFiles }, (_, index) => `${folder}/${index}.ts`);
  return await Promise.all(files.map(async (path) => await waitFor(await upload(path, 'honest.ts'))));
}

async function uploadAhead(folder: string, areHostile: boolean): Promise<void> {
  for (let index = 0; index < filesAhead; index += 1) {
    const hostileName = hostileNames[index % hostileNames.length] ?? '';
    const name = areHostile ? hostileName : 'honest.ts';
    await upload(`${folder}/${index} ${name}`, name);
  }
}

async function upload(path: string, file: string): Promise<string> {
  return (await clients.upload(join(directory, file), `videos/${path}`)).jobId;
}

async function waitFor(jobId: string): Promise<Wait> {
  const startedAt = performance.now();
  let admittedMilliseconds: number | null = null;
  for (;;) {
    const job = await ledger.readJob(jobId);
    const elapsed = performance.now() - startedAt;
    if (job !== null) admittedMilliseconds ??= elapsed;
    if (admittedMilliseconds !== null && job !== null && !job.awaitsInspection) {
      return { admittedMilliseconds, inspectedMilliseconds: elapsed };
    }
    await sleep(pollMilliseconds);
  }
}

/** Delayed messages of jobs that wait for a place stay. */
async function waitForEmptyQueues(): Promise<void> {
  let last = -1;
  for (;;) {
    const { uploads, control } = await countMessages();
    if (uploads === 0 && control === last) return;
    last = control;
    await sleep(2_000);
  }
}

/** Medians. The ratio is what the content of the files ahead adds to plain queueing. */
function row(of: (wait: Wait) => number) {
  const medians = Object.entries(waits).map(([condition, measured]) => [
    condition,
    median(measured.map(of)) / 1_000,
  ]);
  const { 'behind honest': honest = 0, 'behind hostile': hostile = 0 } = Object.fromEntries(medians);
  return { ...Object.fromEntries(medians), 'hostile / honest': hostile / honest };
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

/** Packets without content: the start of a recording whose tables come later. */
function honestTransportStream(): Buffer {
  const packet = Buffer.alloc(188, 0xff);
  packet.writeUInt32BE(0x471fff10);
  return Buffer.concat(Array<Buffer>(100).fill(packet));
}
