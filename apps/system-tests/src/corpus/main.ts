// pnpm corpus DIR [NAME…]: sends every file of a corpus through the whole local pipeline and compares the results with
// DIR/truth.json. Prints a line for each difference and a table; exits with 1 if there is a difference.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ignoredObjectKind, isTerminal, type JobRecord, stableKey, uploadKey } from '@fyrestream/events';
import { startLocalCloud } from '@fyrestream/local';
import { connectToCloud } from '../connect-to-cloud.ts';
import { compareWithTruth, type Truth } from './compare-with-truth.ts';

const [directory, ...names] = process.argv.slice(2);
if (directory === undefined) {
  process.stderr.write('usage: pnpm corpus DIR [NAME…]: DIR holds media files and truth.json.\n');
  process.exit(2);
}
const corpus = resolve(process.env.INIT_CWD ?? '.', directory);
const truths: Record<string, Truth> = JSON.parse(await readFile(join(corpus, 'truth.json'), 'utf8'));
const files = Object.keys(truths).filter(
  (name) => names.length === 0 || names.some((part) => name.includes(part)),
);

const dataDirectory = await mkdtemp(join(tmpdir(), 'fyrestream-corpus-'));
const cloud = await startLocalCloud({ dataDirectory });
const { store, ledger, outputBucket, upload } = connectToCloud(cloud.connection);

/** Longer than any file may take, including the time in the queue. */
const maxJobMilliseconds = 15 * 60_000;
const uploadsAtOnce = 4;
const startedAt = Date.now();
const results = new Map<string, { right: number; wrong: number }>();

async function send(name: string): Promise<void> {
  const key = uploadKey(name);
  const { jobId } = await upload(join(corpus, name), key);
  // Sidecar files get no job.
  const isSidecar = ignoredObjectKind(key, 1) !== null;
  const job = isSidecar ? null : await waitForEnd(jobId);
  const isPublished =
    (await store.head({ bucket: outputBucket, key: stableKey(key, 'master.m3u8') })) !== null;
  const truth = truths[name] as Truth;
  const differences = isSidecar && truth.class === 'reject' ? [] : compareWithTruth(truth, job, isPublished);
  const row = results.get(truth.class) ?? { right: 0, wrong: 0 };
  results.set(truth.class, row);
  if (differences.length === 0) row.right += 1;
  else row.wrong += 1;
  for (const difference of differences) process.stdout.write(`${name}: ${difference}\n`);
}

async function waitForEnd(jobId: string): Promise<JobRecord | null> {
  const deadline = Date.now() + maxJobMilliseconds;
  for (;;) {
    const job = await ledger.readJob(jobId);
    if (job !== null && isTerminal(job)) return job;
    if (Date.now() > deadline) return job;
    await new Promise((wake) => setTimeout(wake, 500));
  }
}

const queue = files.values();
await Promise.all(
  Array.from({ length: uploadsAtOnce }, async () => {
    for (const name of queue) await send(name);
  }),
);
await cloud.stop();
await rm(dataDirectory, { recursive: true, force: true });

console.table(Object.fromEntries([...results].sort()));
const wrong = [...results.values()].reduce((sum, row) => sum + row.wrong, 0);
process.stdout.write(
  `${files.length - wrong} of ${files.length} files are right in ${Math.round((Date.now() - startedAt) / 1_000)} s.\n`,
);
process.exitCode = wrong === 0 ? 0 : 1;
