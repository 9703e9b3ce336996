import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type LedgerTable, sweepCursorKey } from './ledger-table.ts';

/** The source key after which the next sweep goes on; null at the start of the bucket. */
export async function readSweepCursor(table: LedgerTable): Promise<string | null> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.tableName, Key: sweepCursorKey }),
  );
  return typeof Item?.startAfter === 'string' ? Item.startAfter : null;
}

/** Two sweeps at once may overwrite each other's cursor: a page is then looked at twice, or one sweep later. */
export async function writeSweepCursor(table: LedgerTable, startAfter: string | null): Promise<void> {
  await table.documents.send(
    new PutCommand({ TableName: table.tableName, Item: { ...sweepCursorKey, startAfter } }),
  );
}
