import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  FyrestreamError,
  type LineEntry,
  linePartition,
  type Priority,
  priorities,
} from '@fyrestream/events';
import { isConditionFailed, type LedgerTable } from './ledger-table.ts';

/** An entry, with the version of the job record at which it was written. */
export interface StoredLineEntry extends LineEntry {
  readonly version: number;
}

/** Where to look for entries: everywhere, or in one part of a priority, there after a tenant; or after an entry. */
export interface LineRange {
  readonly priority?: Priority;
  /** Of a priority: the jobs that AWS refused to launch, by the time of the refusal; otherwise the other jobs, by tenant and age. */
  readonly isRefused?: boolean;
  readonly latestFirst?: boolean;
  readonly afterTenant?: string;
  readonly afterEntry?: LineEntry;
}

/** Adds a job to the line, before its record says that it waits there. */
export async function joinLine(table: LedgerTable, entry: LineEntry, version: number): Promise<void> {
  await table.documents.send(
    new PutCommand({
      TableName: table.tableName,
      Item: { pk: linePartition, sk: sortKeyOf(entry), version },
    }),
  );
}

/**
 * Removes an entry whose job does not wait, by its record of version `readVersion`. An entry that was written for a later
 * version stays.
 */
export async function leaveLine(table: LedgerTable, entry: LineEntry, readVersion: number): Promise<void> {
  try {
    await table.documents.send(
      new DeleteCommand({
        TableName: table.tableName,
        Key: { pk: linePartition, sk: sortKeyOf(entry) },
        ConditionExpression: '#version <= :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': readVersion },
      }),
    );
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}

/** The first entries of a range, as they are now. */
export async function listLine(
  table: LedgerTable,
  range: LineRange = {},
  limit = 1,
): Promise<StoredLineEntry[]> {
  const { afterEntry, latestFirst = false } = range;
  const { from, to } = boundsOf(range);
  const page = await table.documents.send(
    new QueryCommand({
      TableName: table.tableName,
      KeyConditionExpression: 'pk = :line AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':line': linePartition, ':from': from, ':to': to },
      ScanIndexForward: !latestFirst,
      ConsistentRead: true,
      Limit: afterEntry === undefined ? limit : limit + 1,
    }),
  );
  const entries = (page.Items ?? []).filter(({ sk }) => afterEntry === undefined || sk !== from);
  return entries.slice(0, limit).map(({ sk, version }) => entryOf(String(sk), Number(version)));
}

/** All entries in order, a page at a time. */
export async function* readLine(table: LedgerTable): AsyncGenerator<StoredLineEntry> {
  const pageSize = 500;
  let last: StoredLineEntry | undefined;
  do {
    const page = await listLine(table, last === undefined ? {} : { afterEntry: last }, pageSize);
    yield* page;
    last = page.length < pageSize ? undefined : page.at(-1);
  } while (last !== undefined);
}

/** The character after the slash is 0: it ends a part, and no entry of a tenant is behind it. */
function boundsOf({ priority, isRefused = false, afterTenant, afterEntry }: LineRange) {
  if (priority === undefined)
    return { from: afterEntry === undefined ? '0' : sortKeyOf(afterEntry), to: `${priorities.length - 1}0` };
  const part = partOf(priority, isRefused);
  const beginning = afterTenant === undefined ? `${part}/` : `${part}/${afterTenant}0`;
  return { from: afterEntry === undefined ? beginning : sortKeyOf(afterEntry), to: `${part}0` };
}

/** Sorts before the slash: the refused jobs of a priority come first. */
const refusedMark = '!';

function partOf(priority: Priority, isRefused: boolean): string {
  return `${priorities.indexOf(priority)}${isRefused ? refusedMark : ''}`;
}

function sortKeyOf({ priority, tenant, isRefused, since, jobId }: LineEntry): string {
  const place = isRefused ? `${since}/${tenant}` : `${tenant}/${since}`;
  return `${partOf(priority, isRefused)}/${place}/${jobId}`;
}

function entryOf(sortKey: string, version: number): StoredLineEntry {
  const [part = '', first = '', second = '', jobId = ''] = sortKey.split('/');
  const isRefused = part.endsWith(refusedMark);
  const [since, tenant] = isRefused ? [first, second] : [second, first];
  const priority = priorities[Number.parseInt(part, 10)];
  if (priority !== undefined) return { priority, tenant, isRefused, since, jobId, version };
  const message = `The line has an entry ${sortKey} of no known priority.`;
  throw new FyrestreamError({ code: 'ledger-damaged', message, retryable: false });
}
