import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { FyrestreamError, type JobRecord, type JobStatus } from '@fyrestream/events';
import { z } from 'zod';
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
  /** Only jobs whose last change is not before, or not after, this time (ISO 8601). */
  readonly changedFrom?: string | undefined;
  readonly changedUntil?: string | undefined;
}

const positionSchema = z.strictObject({
  pk: z.string(),
  sk: z.string(),
  statusIndex: z.string(),
  updatedAt: z.string(),
});

type Position = z.infer<typeof positionSchema>;

/** For each phase the last job that was listed; null where no other follows. */
const positionsSchema = z.partialRecord(z.string(), positionSchema.nullable());
type Positions = z.infer<typeof positionsSchema>;

/**
 * Jobs of one status, or of several, last changed first unless `oldestFirst`. Reads an index, which is eventually consistent.
 * @throws FyrestreamError `bad-cursor` if the cursor was not returned by a call with the same statuses and times
 */
export async function listJobs(
  table: LedgerTable,
  status: JobStatus | readonly JobStatus[],
  options: ListOptions & { readonly cursor?: string | null } = {},
): Promise<JobPage> {
  const { limit = 100, cursor = null, oldestFirst = false } = options;
  const phases = [status].flat().flatMap(phasesOf);
  const from = cursor === null ? {} : parseCursor(cursor);
  const read = (phase: JobPhase) => readPage(table, phase, { ...options, limit, oldestFirst }, from[phase]);
  const pages = await Promise.all(
    phases.filter((phase) => from[phase] !== null).map(async (phase) => ({ phase, ...(await read(phase)) })),
  ).catch((error) => {
    throw cursor !== null && isValidationError(error) ? badCursor(error) : error;
  });
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
  const isOver = phases.every((phase) => next[phase] === null);
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
  let from: Position | null | undefined;
  do {
    const page = await readPage(table, phase, { oldestFirst: true }, from);
    jobs.push(...page.jobs);
    from = page.end;
  } while (from !== null);
  return jobs;
}

/** Before and after every time of a record. */
const firstTime = '0';
const lastTime = ':';

async function readPage(
  table: LedgerTable,
  phase: JobPhase,
  { limit, oldestFirst = true, changedFrom, changedUntil }: ListOptions,
  from?: Position | null,
): Promise<{ jobs: JobRecord[]; end: Position | null }> {
  const hasTimes = changedFrom !== undefined || changedUntil !== undefined;
  const page = await table.documents.send(
    new QueryCommand({
      TableName: table.tableName,
      IndexName: 'by-status',
      KeyConditionExpression: `statusIndex = :status${hasTimes ? ' AND updatedAt BETWEEN :from AND :until' : ''}`,
      ExpressionAttributeValues: {
        ':status': phase,
        ...(hasTimes && { ':from': changedFrom ?? firstTime, ':until': changedUntil ?? lastTime }),
      },
      ScanIndexForward: oldestFirst,
      ...(limit !== undefined && { Limit: limit }),
      ...(from && { ExclusiveStartKey: from }),
    }),
  );
  return {
    jobs: (page.Items ?? []).map(jobOfItem),
    end: positionSchema.nullable().parse(page.LastEvaluatedKey ?? null),
  };
}

function parseCursor(cursor: string): Positions {
  try {
    return positionsSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw badCursor(cause);
  }
}

/** DynamoDB refuses a start key that is not of the index, or outside of the queried times. */
function isValidationError(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationException';
}

function badCursor(cause: unknown): FyrestreamError {
  return new FyrestreamError({
    code: 'bad-cursor',
    message: 'The cursor is not one of this list: begin again without it.',
    retryable: false,
    cause,
  });
}

function compareTimes(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function positionOf({ jobId, updatedAt }: JobRecord, phase: JobPhase): Position {
  return { ...jobKey(jobId), statusIndex: phase, updatedAt };
}
