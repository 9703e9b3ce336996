import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { JobRecord, JobStatus } from '@fyrestream/events';
import { jobOfItem } from './job-items.ts';
import { type JobPhase, phasesOf } from './job-phase.ts';
import { jobKey, type LedgerTable } from './ledger-table.ts';

export interface JobPage {
  readonly jobs: JobRecord[];
  /** The start of the next page; null after the last page. */
  readonly cursor: string | null;
}

interface ListOptions {
  readonly limit?: number;
  readonly oldestFirst?: boolean;
}

/** For each phase the last job that was listed; null where no other follows. */
type Positions = Partial<Record<JobPhase, object | null>>;

/** Jobs of one status, last changed first unless `oldestFirst`. Reads an index, which is eventually consistent. */
export async function listJobs(
  table: LedgerTable,
  status: JobStatus,
  options: ListOptions & { readonly cursor?: string | null } = {},
): Promise<JobPage> {
  const { limit = 100, cursor = null, oldestFirst = false } = options;
  const from: Positions = cursor === null ? {} : JSON.parse(Buffer.from(cursor, 'base64url').toString());
  const pages = await Promise.all(
    phasesOf(status)
      .filter((phase) => from[phase] !== null)
      .map(async (phase) => ({
        phase,
        ...(await readPage(table, phase, { limit, oldestFirst }, from[phase])),
      })),
  );
  const sign = oldestFirst ? 1 : -1;
  const jobs = pages
    .flatMap((page) => page.jobs.map((job) => ({ job, phase: page.phase })))
    // Stable: jobs that changed at the same time stay in the order of the index, from which the next page continues.
    .toSorted((left, right) => sign * compareTimes(left.job.updatedAt, right.job.updatedAt));
  // A page may end before the limit, at 1 MB: what is listed after its last job waits for the next page.
  const ends = pages.flatMap(({ jobs: ofPhase, end }) =>
    end === null ? [] : (ofPhase.at(-1)?.updatedAt ?? []),
  );
  const isKnown = ({ job }: { job: JobRecord }) =>
    ends.every((end) => (oldestFirst ? job.updatedAt <= end : job.updatedAt >= end));
  const complete = jobs.filter(isKnown).slice(0, limit);
  const next: Positions = { ...from };
  for (const { phase, jobs: ofPhase, end } of pages) {
    const listed = complete.filter((entry) => entry.phase === phase).at(-1)?.job;
    if (listed === ofPhase.at(-1)) next[phase] = end;
    else if (listed !== undefined) next[phase] = positionOf(listed, phase);
  }
  const isOver = phasesOf(status).every((phase) => next[phase] === null);
  return {
    jobs: complete.map(({ job }) => job),
    cursor: isOver ? null : Buffer.from(JSON.stringify(next)).toString('base64url'),
  };
}

/** The first jobs of one phase. */
export async function listPhase(
  table: LedgerTable,
  phase: JobPhase,
  { limit = 100, oldestFirst = true }: ListOptions = {},
): Promise<JobRecord[]> {
  return (await readPage(table, phase, { limit, oldestFirst })).jobs;
}

/** All jobs of one phase, for phases that hold few. */
export async function listWholePhase(table: LedgerTable, phase: JobPhase): Promise<JobRecord[]> {
  const jobs: JobRecord[] = [];
  let from: object | null | undefined;
  do {
    const page = await readPage(table, phase, { oldestFirst: true }, from);
    jobs.push(...page.jobs);
    from = page.end;
  } while (from !== null);
  return jobs;
}

async function readPage(
  table: LedgerTable,
  phase: JobPhase,
  { limit, oldestFirst = true }: ListOptions,
  from?: object | null,
): Promise<{ jobs: JobRecord[]; end: object | null }> {
  const page = await table.documents.send(
    new QueryCommand({
      TableName: table.tableName,
      IndexName: 'by-status',
      KeyConditionExpression: 'statusIndex = :status',
      ExpressionAttributeValues: { ':status': phase },
      ScanIndexForward: oldestFirst,
      ...(limit !== undefined && { Limit: limit }),
      ...(from && { ExclusiveStartKey: from }),
    }),
  );
  return { jobs: (page.Items ?? []).map(jobOfItem), end: page.LastEvaluatedKey ?? null };
}

function compareTimes(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function positionOf({ jobId, updatedAt }: JobRecord, phase: JobPhase): object {
  return { ...jobKey(jobId), statusIndex: phase, updatedAt };
}
