import type { JobRecord } from '@fyrestream/events';
import { allJobs } from '../jobs/all-jobs.ts';
import type { Stack, StackQueue } from '../stack/stack.ts';
import { checkLaunches } from './check-launches.ts';
import { checkSidecars } from './check-sidecars.ts';
import { checkWebhooks } from './check-webhooks.ts';
import { findStuckReason } from './find-stuck-reason.ts';
import { createFinding, type Finding } from './finding.ts';

/**
 * Checks all resources of a stack. A resource that does not answer is a finding too.
 * @param describeError one sentence for a person about what a check threw
 */
export function checkStack(
  stack: Pick<Stack, 'ledger' | 'store' | 'queues' | 'webhooks' | 'sourceBucket' | 'outputBucket'>,
  describeError: (error: unknown) => string,
): Promise<Finding[]> {
  const { webhooks } = stack;
  const queued = allJobs(stack.ledger, 'queued');
  const checked = (about: string, check: () => Promise<Finding>): Promise<Finding> =>
    check().catch((error) => ({ about, verdict: 'wrong', message: describeError(error) }));
  return Promise.all([
    checked('buckets', () => checkBuckets(stack)),
    checked('sidecars', () => checkSidecars(stack)),
    checked('upload queue', () => checkQueue('upload queue', stack.queues.uploads, 'redrive')),
    checked('control queue', () => checkQueue('control queue', stack.queues.control, 'redrive --control')),
    checked('jobs', async () => checkJobs(stack, await queued)),
    ...(webhooks === null ? [] : [checked('webhooks', () => checkWebhooks(webhooks))]),
    checked('launches', async () => checkLaunches(await queued, new Date().toISOString())),
  ]);
}

async function checkBuckets({
  store,
  sourceBucket,
  outputBucket,
}: Pick<Stack, 'store' | 'sourceBucket' | 'outputBucket'>): Promise<Finding> {
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

async function checkJobs({ ledger }: Pick<Stack, 'ledger'>, queued: readonly JobRecord[]): Promise<Finding> {
  const [running, held] = await Promise.all([allJobs(ledger, 'running'), allJobs(ledger, 'held')]);
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
