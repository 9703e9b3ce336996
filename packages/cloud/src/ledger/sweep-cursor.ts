import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type LedgerTable, sweepCursorKey } from './ledger-table.ts';

/** The source key after which the next sweep continues; null at the start of the bucket. */
export async function readSweepCursor(table: LedgerTable): Promise<string | null> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.tableName, Key: sweepCursorKey }),
  );
  return typeof Item?.startAfter === 'string' ? Item.startAfter : null;
}

/** Concurrent sweeps may overwrite the cursor of each other: then a page is listed twice or one sweep later. */
export async function writeSweepCursor(table: LedgerTable, startAfter: string | null): Promise<void> {
  await table.documents.send(
    new PutCommand({ TableName: table.tableName, Item: { ...sweepCursorKey, startAfter } }),
  );
}
