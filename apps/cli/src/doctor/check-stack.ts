import type { JobRecord, JobStatus } from '@fyrestream/events';
import { sentenceOf } from '../describe-failure.ts';
import type { Stack, StackQueue } from '../stack/stack.ts';
import { findStuckReason } from './find-stuck-reason.ts';
import { type Finding, finding } from './finding.ts';

/** Looks at everything that a stack consists of; what does not answer is a finding too. */
export function checkStack(stack: Stack): Promise<Finding[]> {
  return Promise.all([
    examined('buckets', () => examineBuckets(stack)),
    examined('upload queue', () => examineQueue('upload queue', stack.queues.uploads, 'redrive')),
    examined('control queue', () => examineQueue('control queue', stack.queues.control, 'redrive --control')),
    examined('jobs', () => examineJobs(stack)),
  ]);
}

async function examined(about: string, look: () => Promise<Finding>): Promise<Finding> {
  return look().catch((error) => ({ about, verdict: 'wrong', message: sentenceOf(error) ?? 'no answer' }));
}

async function examineBuckets({ store, sourceBucket, outputBucket }: Stack): Promise<Finding> {
  await Promise.all([sourceBucket, outputBucket].map((bucket) => store.list(bucket, '', { limit: 1 })));
  return finding('buckets', `${sourceBucket}, ${outputBucket}`, null);
}

async function examineQueue(
  about: string,
  { messages, deadLetters }: StackQueue,
  remedy: string,
): Promise<Finding> {
  const [{ waiting, delayed, underWay }, dead] = await Promise.all([messages.depth(), deadLetters.depth()]);
  const deadCount = dead.waiting + dead.underWay;
  return finding(
    about,
    `${waiting} waiting, ${delayed} delayed, ${underWay} under way`,
    deadCount === 0 ? null : `dead letters: ${deadCount}; \`fyrestream ${remedy} --dry-run\` says why`,
  );
}

async function examineJobs({ ledger }: Stack): Promise<Finding> {
  const [queued, running, held] = await Promise.all(
    (['queued', 'running', 'held'] as const).map((status) => allOf(ledger, status)),
  );
  const goingOn = [...(queued ?? []), ...(running ?? [])];
  const stuck: string[] = [];
  for (const job of goingOn) {
    const units = job.status === 'running' ? await ledger.listUnits(job.jobId) : [];
    const why = findStuckReason(job, units, Date.now());
    if (why !== null) stuck.push(`${job.jobId}: ${why}`);
  }
  const counts = `${queued?.length} queued, ${running?.length} running, ${held?.length} held`;
  return finding('jobs', counts, stuck.length === 0 ? null : `${stuck.length} stuck: ${stuck.join('; ')}`);
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
