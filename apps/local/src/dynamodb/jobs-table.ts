import type { ledgerTableDefinition } from '@fyrestream/cloud';
import type { JsonObject } from '../json-value.ts';

/**
 * The ledger's table as `packages/cloud` defines it. Its type makes the compiler compare every name; loading that
 * package would bring all clients of the AWS SDK into the process that imitates AWS.
 */
const ledgerTable: typeof ledgerTableDefinition = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [
    { name: 'by-status', partitionKey: 'statusIndex', sortKey: 'updatedAt' },
    { name: 'by-owed', partitionKey: 'owedIndex', sortKey: 'updatedAt' },
  ],
  timeToLiveAttribute: 'expiresAt',
};

/** An input of CreateTable, with the names of what is read again. */
export interface TableDefinition extends JsonObject {
  readonly TableName: string;
  readonly GlobalSecondaryIndexes: readonly { readonly IndexName: string }[];
}

/** The input of CreateTable for the jobs table. dynalite has no time to live: nothing expires locally. */
export function jobsTable(tableName: string): TableDefinition {
  const { partitionKey, sortKey, indexes } = ledgerTable;
  const keys = [partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set(keys)].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: keySchema(partitionKey, sortKey),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index.partitionKey, index.sortKey),
      Projection: { ProjectionType: 'ALL' },
    })),
  };
}

function keySchema(partitionKey: string, sortKey: string): object[] {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ];
}
