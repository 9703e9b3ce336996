import { isDeepStrictEqual } from 'node:util';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { firstTurn, type TurnRecord, turnRecordSchema } from '@fyrestream/events';
import { isConditionFailed, type LedgerTable, turnKey } from './ledger-table.ts';

export async function readTurn(table: LedgerTable): Promise<TurnRecord> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.tableName, Key: turnKey, ConsistentRead: true }),
  );
  if (Item === undefined) return firstTurn;
  const { pk: _pk, sk: _sk, ...turn } = Item;
  return turnRecordSchema.parse(turn);
}

/** Stores the successor of the turn that was read. @returns false if another one was stored meanwhile */
export async function writeTurn(table: LedgerTable, turn: TurnRecord): Promise<boolean> {
  const isFirst = turn.version === 1;
  try {
    await table.documents.send(
      new PutCommand({
        TableName: table.tableName,
        Item: { ...turnKey, ...turn },
        ConditionExpression: isFirst ? 'attribute_not_exists(pk)' : '#version = :version',
        ...(!isFirst && {
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': turn.version - 1 },
        }),
      }),
    );
    return true;
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    // If the stored turn is the intended one, only the answer of the write was lost.
    return isDeepStrictEqual(await readTurn(table), turn);
  }
}
