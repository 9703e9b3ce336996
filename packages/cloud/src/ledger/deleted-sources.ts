import { PutCommand, type PutCommandInput, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { deletedSourceKey, expiryOf, isConditionFailed, type LedgerTable } from './ledger-table.ts';

/** An upload that was deleted after something may have been published from it. */
export interface DeletedSourceEntry {
  readonly sourceKey: string;
  readonly deletedAt: string;
}

/** The index value of deleted uploads whose output is to be deleted later. */
const owesDeletion = 'deletion';

/** Records the deletion of an upload; of several deletions of a key the latest counts. */
export function recordDeletedSource(table: LedgerTable, entry: DeletedSourceEntry): Promise<void> {
  return put(table, entry, {
    item: { owedIndex: owesDeletion },
    ConditionExpression: 'attribute_not_exists(pk) OR updatedAt < :at',
  });
}

/** Uploads that were deleted before a time and not again since, the longest waiting first. */
export async function listDeletedSources(
  table: LedgerTable,
  before: string,
  limit: number,
): Promise<DeletedSourceEntry[]> {
  const { Items = [] } = await table.documents.send(
    new QueryCommand({
      TableName: table.tableName,
      IndexName: 'by-owed',
      KeyConditionExpression: 'owedIndex = :owed AND updatedAt < :before',
      ExpressionAttributeValues: { ':owed': owesDeletion, ':before': before },
      Limit: limit,
    }),
  );
  return Items.map(({ sourceKey, updatedAt }) => ({
    sourceKey: String(sourceKey),
    deletedAt: String(updatedAt),
  }));
}

/** Takes the entry out of the index, and lets it expire. A later deletion of the key stays recorded. @param at the time now */
export function forgetDeletedSource(
  table: LedgerTable,
  entry: DeletedSourceEntry,
  at: string,
): Promise<void> {
  return put(table, entry, {
    item: { expiresAt: expiryOf(table, at) },
    ConditionExpression: 'updatedAt = :at',
  });
}

async function put(
  table: LedgerTable,
  { sourceKey, deletedAt }: DeletedSourceEntry,
  { item, ConditionExpression }: { item: object } & Pick<PutCommandInput, 'ConditionExpression'>,
): Promise<void> {
  const command = new PutCommand({
    TableName: table.tableName,
    Item: { ...deletedSourceKey(sourceKey), sourceKey, updatedAt: deletedAt, ...item },
    ConditionExpression,
    ExpressionAttributeValues: { ':at': deletedAt },
  });
  await table.documents.send(command).catch((error: unknown) => {
    if (!isConditionFailed(error)) throw error;
  });
}
