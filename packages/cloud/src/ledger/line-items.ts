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

/** Where to look for the next entry: after an entry, after the refused jobs of a tenant, or after all of it; `priority` limits it. */
export interface LineRange {
  readonly priority?: Priority;
  readonly afterTenant?: string;
  readonly afterRefusedOf?: string;
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
  const { priority, afterEntry } = range;
  const first = priority === undefined ? 0 : priorities.indexOf(priority);
  const last = priority === undefined ? priorities.length - 1 : first;
  const from = afterEntry === undefined ? `${first}/${beginningOf(range)}` : sortKeyOf(afterEntry);
  const page = await table.documents.send(
    new QueryCommand({
      TableName: table.tableName,
      KeyConditionExpression: 'pk = :line AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':line': linePartition, ':from': from, ':to': `${last}0` },
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

function beginningOf({ afterTenant, afterRefusedOf }: LineRange): string {
  if (afterRefusedOf !== undefined) return `${afterRefusedOf}/${firstTime}`;
  // The character after the slash is 0: no entry of the tenant is behind it.
  return afterTenant === undefined ? '' : `${afterTenant}0`;
}

/** Sorts before every time. */
const refusedMark = '!';
const firstTime = '0';

function sortKeyOf({ priority, tenant, isRefused, since, jobId }: LineEntry): string {
  return `${priorities.indexOf(priority)}/${tenant}/${isRefused ? refusedMark : ''}${since}/${jobId}`;
}

function entryOf(sortKey: string, version: number): StoredLineEntry {
  const [place = '', tenant = '', time = '', jobId = ''] = sortKey.split('/');
  const priority = priorities[Number(place)];
  const isRefused = time.startsWith(refusedMark);
  const since = isRefused ? time.slice(refusedMark.length) : time;
  if (priority !== undefined) return { priority, tenant, isRefused, since, jobId, version };
  const message = `The line has an entry ${sortKey} of no known priority.`;
  throw new FyrestreamError({ code: 'ledger-damaged', message, retryable: false });
}
