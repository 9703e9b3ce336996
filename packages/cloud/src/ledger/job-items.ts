import { isDeepStrictEqual } from 'node:util';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  type AdvanceResult,
  additionalLaunches,
  advanceJob,
  FyrestreamError,
  isActive,
  isTerminal,
  type JobRecord,
  type JobStep,
  jobRecordSchema,
  tasksToBill,
} from '@fyrestream/events';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { phaseOf } from './job-phase.ts';
import { expiryOf, isConditionFailed, jobKey, type LedgerTable } from './ledger-table.ts';

const owedIndexValue = 'owed';

export async function readJob(table: LedgerTable, jobId: string): Promise<JobRecord | null> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.tableName, Key: jobKey(jobId), ConsistentRead: true }),
  );
  return Item === undefined ? null : jobOfItem(Item);
}

/** Creates the record unless it exists. @returns the stored record, and whether this call created it */
export async function createJob(
  table: LedgerTable,
  job: JobRecord,
): Promise<{ job: JobRecord; created: boolean }> {
  try {
    await putJob(table, job, { ConditionExpression: 'attribute_not_exists(pk)' });
    return { job, created: true };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const existing = await readJob(table, job.jobId);
    if (existing === null) throw error;
    return { job: existing, created: isDeepStrictEqual(existing, job) };
  }
}

/**
 * Applies a step: reads the record, asks the state machine, and writes on condition that the version is unchanged.
 * After a failed condition it reads the record again: if the record is the intended one, only the answer of the write was lost.
 * @throws FyrestreamError `job-not-found`, `ledger-contention`
 */
export async function advance(
  table: LedgerTable,
  jobId: string,
  step: JobStep,
  at: string,
): Promise<AdvanceResult & { job: JobRecord }> {
  let intended: (AdvanceResult & { outcome: 'moved' }) | undefined;
  return retryOnConflict(
    async () => {
      const job = await mustRead(table, jobId);
      if (intended !== undefined && isDeepStrictEqual(job, intended.job)) return intended;
      const decision = advanceJob(job, step, at);
      if (decision.outcome === 'refused') return { ...decision, job };
      intended = decision;
      await putJob(table, decision.job, {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': job.version },
      });
      return decision;
    },
    { isConflict: isConditionFailed, code: 'ledger-contention', subject: `Job ${jobId}` },
  );
}

/** Jobs with pending events, or that are over and have tasks to stop or to bill; the longest waiting first. */
export async function listOwedJobs(table: LedgerTable, limit: number): Promise<JobRecord[]> {
  const page = await table.documents.send(
    new QueryCommand({
      TableName: table.tableName,
      IndexName: 'by-owed',
      KeyConditionExpression: 'owedIndex = :owed',
      ExpressionAttributeValues: { ':owed': owedIndexValue },
      Limit: limit,
    }),
  );
  return (page.Items ?? []).map(jobOfItem);
}

async function mustRead(table: LedgerTable, jobId: string): Promise<JobRecord> {
  const job = await readJob(table, jobId);
  if (job !== null) return job;
  throw new FyrestreamError({
    code: 'job-not-found',
    message: `There is no job ${jobId}.`,
    retryable: false,
  });
}

type Condition = Pick<
  ConstructorParameters<typeof PutCommand>[0],
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

async function putJob(table: LedgerTable, job: JobRecord, condition: Condition): Promise<void> {
  // Tasks of a job that is over still have to be stopped and billed, as its events still have to be published.
  const hasTasks = additionalLaunches(job).length > 0 || tasksToBill(job).length > 0;
  const isOwed = job.owed.length > 0 || (!isActive(job) && hasTasks);
  const expires = isTerminal(job) && !isOwed;
  await table.documents.send(
    new PutCommand({
      TableName: table.tableName,
      Item: {
        ...jobKey(job.jobId),
        ...job,
        statusIndex: phaseOf(job),
        ...(isOwed && { owedIndex: owedIndexValue }),
        ...(expires && { expiresAt: expiryOf(table, job.updatedAt) }),
      },
      ...condition,
    }),
  );
}

export function jobOfItem(item: Record<string, unknown>): JobRecord {
  const {
    pk: _pk,
    sk: _sk,
    statusIndex: _statusIndex,
    owedIndex: _owedIndex,
    expiresAt: _expiresAt,
    ...job
  } = item;
  return jobRecordSchema.parse(job);
}
