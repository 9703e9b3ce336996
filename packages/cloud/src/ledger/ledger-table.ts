import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * The one table: an item per job and per unit under the job's partition, an item per stable output under its own.
 *
 * | pk | sk | item |
 * | --- | --- | --- |
 * | `job#<jobId>` | `job` | job record, with `statusIndex` and `owedIndex` for the indexes |
 * | `job#<jobId>` | `unit#<unitId>` | unit record |
 * | `output#<sourceKey>` | `output` | output record |
 * | `sweep` | `cursor` | how far the sweep has looked through the source bucket |
 */
export const ledgerTableDefinition = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Sparse: only items that carry the partition key of an index stand in it. */
  indexes: [
    /** Jobs by status: what is running, what failed today. */
    { name: 'by-status', partitionKey: 'statusIndex', sortKey: 'updatedAt' },
    /** Jobs that owe an event to the outside, outputs that owe the removal of old versions. */
    { name: 'by-owed', partitionKey: 'owedIndex', sortKey: 'updatedAt' },
  ],
  /** Seconds since 1970, on what may expire. */
  timeToLiveAttribute: 'expiresAt',
} as const;

/** What the functions of the ledger share. */
export interface LedgerTable {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly recordRetentionDays: number;
}

export const jobKey = (jobId: string) => ({ pk: `job#${jobId}`, sk: 'job' });
export const unitKey = (jobId: string, unitId: string) => ({
  pk: `job#${jobId}`,
  sk: `${unitSortPrefix}${unitId}`,
});
export const outputKey = (sourceKey: string) => ({ pk: `output#${sourceKey}`, sk: 'output' });
export const sweepCursorKey = { pk: 'sweep', sk: 'cursor' };
export const unitSortPrefix = 'unit#';

/** True where a condition did not hold, so that what stands there has to be read back. */
export function isConditionFailed(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

const secondsPerDay = 86_400;

/** The time to live of what was last of use at a time, in seconds since 1970. */
export function expiryOf(table: LedgerTable, at: string): number {
  return Math.floor(Date.parse(at) / 1_000) + table.recordRetentionDays * secondsPerDay;
}
