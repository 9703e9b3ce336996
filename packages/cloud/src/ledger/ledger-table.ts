import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * The one table: an item per job and per unit under the job's partition, an item per stable output under its own.
 *
 * | pk | sk | item |
 * | --- | --- | --- |
 * | `job#<jobId>` | `job` | job record, with `statusIndex` for the index |
 * | `job#<jobId>` | `unit#<unitId>` | unit record |
 * | `output#<sourceKey>` | `output` | output record |
 */
export const ledgerTableDefinition = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Sparse: only job items carry its hash key. */
  statusIndex: { name: 'by-status', partitionKey: 'statusIndex', sortKey: 'updatedAt' },
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
