import type { JobRecord, JobStatus } from '@fyrestream/events';
import { errorMessage } from '../describe-error.ts';
import type { Stack, StackQueue } from '../stack/stack.ts';
import { checkLaunches } from './check-launches.ts';
import { checkQuota } from './check-quota.ts';
import { checkSidecars } from './check-sidecars.ts';
import { findStuckReason } from './find-stuck-reason.ts';
import { createFinding, type Finding } from './finding.ts';
import { runCheckTool } from './run-check-tool.ts';

/** Checks all resources of a stack. A resource that does not answer is a finding too. */
export function checkStack(stack: Stack): Promise<Finding[]> {
  const queued = allOf(stack.ledger, 'queued');
  return Promise.all([
    checked('buckets', () => checkBuckets(stack)),
    checked('sidecars', () => checkSidecars(stack)),
    checked('upload queue', () => checkQueue('upload queue', stack.queues.uploads, 'redrive')),
    checked('control queue', () => checkQueue('control queue', stack.queues.control, 'redrive --control')),
    checked('jobs', async () => checkJobs(stack, await queued)),
    checked('launches', async () => checkLaunches(await queued, new Date().toISOString())),
    // A local cloud has no quotas.
    ...(stack.access.local === null
      ? [checked('quota', async () => checkQuota(runCheckTool, await queued, stack.access.region))]
      : []),
  ]);
}

async function checked(about: string, check: () => Promise<Finding>): Promise<Finding> {
  return check().catch((error) => ({ about, verdict: 'wrong', message: errorMessage(error) ?? 'no answer' }));
}

async function checkBuckets({ store, sourceBucket, outputBucket }: Stack): Promise<Finding> {
  await Promise.all([sourceBucket, outputBucket].map((bucket) => store.list(bucket, '', { limit: 1 })));
  return createFinding('buckets', `${sourceBucket}, ${outputBucket}`, null);
}

async function checkQueue(
  about: string,
  { messages, deadLetters }: StackQueue,
  remedy: string,
): Promise<Finding> {
  const [{ waiting, delayed, underWay }, dead] = await Promise.all([messages.depth(), deadLetters.depth()]);
  const deadCount = dead.waiting + dead.underWay;
  return createFinding(
    about,
    `${waiting} waiting, ${delayed} delayed, ${underWay} under way`,
    deadCount === 0 ? null : `dead letters: ${deadCount}; \`fyrestream ${remedy} --dry-run\` shows why`,
  );
}

async function checkJobs({ ledger }: Stack, queued: readonly JobRecord[]): Promise<Finding> {
  const [running, held] = await Promise.all([allOf(ledger, 'running'), allOf(ledger, 'held')]);
  const active = [...queued, ...running];
  const stuck: string[] = [];
  for (const job of active) {
    const units = job.status === 'running' ? await ledger.listUnits(job.jobId) : [];
    const why = findStuckReason(job, units, Date.now());
    if (why !== null) stuck.push(`${job.jobId}: ${why}`);
  }
  const counts = `${queued.length} queued, ${running.length} running, ${held.length} held`;
  return createFinding(
    'jobs',
    counts,
    stuck.length === 0 ? null : `${stuck.length} stuck: ${stuck.join('; ')}`,
  );
}

async function allOf(ledger: Stack['ledger'], status: JobStatus): Promise<JobRecord[]> {
  const jobs: JobRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof ledger.listJobs>> = await ledger.listJobs(status, { cursor });
    jobs.push(...page.jobs);
    cursor = page.cursor;
  } while (cursor !== null);
  return jobs;
}
