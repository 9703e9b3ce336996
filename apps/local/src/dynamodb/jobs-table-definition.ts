import type { ledgerTableDefinition } from '@fyrestream/cloud';
import type { JsonObject } from '../json-value.ts';

/**
 * The table of the ledger, as `packages/cloud` defines it. The compiler compares every name by its type. The value is not
 * imported, because that would load all clients of the AWS SDK into this process.
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

/** The input of CreateTable, with the fields that are read here. */
export interface TableDefinition extends JsonObject {
  readonly TableName: string;
  readonly GlobalSecondaryIndexes: readonly { readonly IndexName: string }[];
}

/** The input of CreateTable for the jobs table. dynalite does not support time to live, so local items do not expire. */
export function jobsTableDefinition(tableName: string): TableDefinition {
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
