import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * The one table: an item per job and per unit under the job's partition, an item per stable output under its own.
 *
 * | pk | sk | item |
 * | --- | --- | --- |
 * | `job#<jobId>` | `job` | job record, with `statusIndex` and `owedIndex` for the indexes |
 * | `job#<jobId>` | `unit#<unitId>` | unit record |
 * | `output#<sourceKey>` | `output` | output record |
 * | `output#<sourceKey>` | `deleted-source` | when the upload of an output was deleted |
 * | `line` | `<priority>/<tenant>/<time>/<jobId>` | a job that waits for a place, in the order of `line-items.ts` |
 * | `line` | `<priority>!/<time>/<tenant>/<jobId>` | the same, after AWS refused to launch it |
 * | `turn` | `turn` | whose turn it is, and the places that were given last |
 * | `webhook#<name>` | SHA-256 of its URL | the failures of an endpoint that gets job events |
 * | `sweep` | `cursor` | the last key of the source bucket that a sweep has listed |
 */
export const ledgerTableDefinition = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Sparse: an index contains only items with its partition key. */
  indexes: [
    /** Jobs by status and time of the last change. The key divides queued jobs by what they wait for: `job-phase.ts`. */
    { name: 'by-status', partitionKey: 'statusIndex', sortKey: 'updatedAt' },
    /** Jobs with pending events, outputs with retired versions, and deleted uploads. */
    { name: 'by-owed', partitionKey: 'owedIndex', sortKey: 'updatedAt' },
  ],
  /** Seconds since 1970, set on items that expire. */
  timeToLiveAttribute: 'expiresAt',
} as const;

/** What all functions of the ledger use. */
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
export const deletedSourceKey = (sourceKey: string) => ({ pk: `output#${sourceKey}`, sk: 'deleted-source' });
export const turnKey = { pk: 'turn', sk: 'turn' };
export const endpointKey = (name: string, urlHash: string) => ({ pk: `webhook#${name}`, sk: urlHash });
export const sweepCursorKey = { pk: 'sweep', sk: 'cursor' };
export const unitSortPrefix = 'unit#';

/** Whether the condition of a write failed: the caller reads the item again. */
export function isConditionFailed(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

const secondsPerDay = 86_400;

/** The expiry time of an item that was last used at `at`, in seconds since 1970. */
export function expiryOf(table: LedgerTable, at: string): number {
  return Math.floor(Date.parse(at) / 1_000) + table.recordRetentionDays * secondsPerDay;
}
