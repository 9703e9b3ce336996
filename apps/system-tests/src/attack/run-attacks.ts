import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoredObjectKind, stableKey, uploadKey } from '@fyrestream/events';
import { type CloudClients, connectToCloud } from '../connect-to-cloud.ts';
import { hasEnded, waitForJobEnd } from '../wait-for-job-end.ts';
import { type JobEnds, watchJobEnds } from '../watch-job-ends.ts';
import type { AttackCase } from './attack-case.ts';
import type { Resources } from './resources.ts';
import type { TracedCloud } from './start-traced-cloud.ts';

export interface AttackResult {
  readonly attack: AttackCase;
  readonly outcome: string;
  /** Null if no worker ran. */
  readonly resources: Resources | null;
  /** Differences from what is wanted, as sentences. */
  readonly differences: readonly string[];
}

/** Of a refused file, all attempts together. */
const maxCpuSeconds = 60;
const maxMemoryMebibytes = 1_024;
/** The source, and intermediate files of a small result. */
const maxScratchMebibytes = 512;
/** Without the end of any job: a busy machine needs long for all of them. */
const maxQuietMilliseconds = 15 * 60_000;

interface SentAttack {
  readonly attack: AttackCase;
  /** Null: the object is no upload. */
  readonly jobId: string | null;
  readonly key: string;
}

interface JobEnd {
  readonly outcome: string;
  readonly facts: readonly string[];
}

/** Uploads all attacks at once, waits for the end of each job, stops the cloud, and reads the traces. */
export async function runAttacks(
  traced: TracedCloud,
  attacks: readonly AttackCase[],
  notifyEnd: (attack: AttackCase, outcome: string) => void = () => {},
): Promise<AttackResult[]> {
  const clients = connectToCloud(traced.cloud.connection);
  const sent: SentAttack[] = [];
  const ends: Promise<JobEnd>[] = [];
  const watching = new AbortController();
  const jobEnds = watchJobEnds(traced.cloud.connection.dataDirectory, watching.signal);
  const progress = { at: Date.now() };
  for (const [index, attack] of attacks.entries()) {
    const one = await send(traced, clients, attack, index);
    sent.push(one);
    ends.push(
      waitForEnd(clients, jobEnds, one, progress).then((end) => {
        progress.at = Date.now();
        notifyEnd(attack, end.outcome);
        return end;
      }),
    );
  }
  const ended = await Promise.all(ends);
  watching.abort();
  const deadLetters = await clients.readDeadLetters();
  await traced.stop();
  const results = await Promise.all(
    sent.map(async ({ attack, jobId }, index) => {
      const traces = jobId === null ? null : await traced.readTraces(jobId);
      const { outcome, facts } = ended[index] ?? { outcome: 'no-job', facts: [] };
      const resources = traces?.resources ?? null;
      return {
        attack,
        outcome,
        resources,
        differences: [
          ...facts,
          ...differencesOf(attack, outcome, resources),
          ...(traces?.violations ?? []),
          ...(outcome === 'published' && !traces?.programs.has('ffmpeg')
            ? ['its ffmpeg was not traced']
            : []),
        ],
      };
    }),
  );
  const connections = traced.decoyConnections();
  const whole = [
    ...deadLetters.map((body) => `a message became a dead letter: ${body.slice(0, 200)}`),
    ...(connections > 0 ? [`${connections} connections reached the decoy`] : []),
  ];
  const [first, ...rest] = results;
  return first === undefined || whole.length === 0
    ? results
    : [{ ...first, differences: [...first.differences, ...whole] }, ...rest];
}

async function send(
  { makeMedia, secretPath }: TracedCloud,
  { upload }: CloudClients,
  attack: AttackCase,
  index: number,
): Promise<SentAttack> {
  const key = uploadKey(attack.path ?? `${index}/upload${attack.extension ?? ''}`);
  const file = join(secretPath, '..', 'upload');
  await writeFile(file, await attack.make(makeMedia));
  const { jobId } = await upload(file, key);
  const isUpload = ignoredObjectKind(key, 1) === null;
  return { attack, key, jobId: isUpload ? jobId : null };
}

/** @returns the outcome, and what is wrong about the job whatever the attack */
async function waitForEnd(
  { ledger, store, outputBucket }: CloudClients,
  jobEnds: JobEnds,
  { jobId, key }: SentAttack,
  progress: { readonly at: number },
): Promise<JobEnd> {
  if (jobId === null) return { outcome: 'no-job', facts: [] };
  const isLate = () => Date.now() > progress.at + maxQuietMilliseconds;
  const job = await waitForJobEnd(ledger, jobEnds, jobId, isLate);
  if (job === null || !hasEnded(job)) return { outcome: job?.status ?? 'no-job', facts: ['it does not end'] };
  const { status, reason, failureCount, interruptionCount } = job;
  const retries = failureCount + interruptionCount;
  const canBePublished = !key.includes('\0');
  const isPublished =
    canBePublished &&
    (await store.head({ bucket: outputBucket, key: stableKey(key, 'master.m3u8') }).catch(() => null)) !==
      null;
  const outcome =
    status === 'succeeded' ? 'published' : status === 'held' ? 'held' : (reason?.code ?? status);
  return {
    outcome,
    facts: [
      ...(isPublished === (status === 'succeeded') ? [] : [`is ${status}, published: ${isPublished}`]),
      ...(retries > 0 ? [`was tried again ${retries} times`] : []),
    ],
  };
}

function differencesOf({ outcomes }: AttackCase, outcome: string, resources: Resources | null): string[] {
  const differences = outcomes.includes(outcome) ? [] : [`is ${outcome}, should be ${outcomes.join(' or ')}`];
  if (resources === null) return differences;
  const { cpuSeconds, memoryMebibytes, scratchMebibytes } = resources;
  const isRefused = outcome !== 'published';
  if (isRefused && cpuSeconds > maxCpuSeconds) differences.push(`took ${cpuSeconds} s of CPU time`);
  if (isRefused && memoryMebibytes > maxMemoryMebibytes)
    differences.push(`took ${Math.round(memoryMebibytes)} MiB`);
  if (scratchMebibytes > maxScratchMebibytes) differences.push(`stored ${Math.round(scratchMebibytes)} MiB`);
  return differences;
}
