import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LedgerTable } from './ledger-table.ts';

/** The items of a partition by sort key, as they are now; with `sortPrefix` only those whose sort key begins with it. */
export async function listPartition(
  table: LedgerTable,
  partition: string,
  sortPrefix?: string,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.documents.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression:
          sortPrefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: {
          ':pk': partition,
          ...(sortPrefix !== undefined && { ':prefix': sortPrefix }),
        },
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}
