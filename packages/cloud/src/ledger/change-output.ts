import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  dueAtOnce,
  isDeletedVersion,
  type OrderedUpload,
  type OutputRecord,
  outputRecordSchema,
} from '@fyrestream/events';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { isConditionFailed, type LedgerTable, outputKey } from './ledger-table.ts';

/** The index value of outputs with retired versions, whose files have to be removed. */
export const owesRemoval = 'removal';

export async function readOutput(table: LedgerTable, sourceKey: string): Promise<OutputRecord | null> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.tableName, Key: outputKey(sourceKey), ConsistentRead: true }),
  );
  if (Item === undefined) return null;
  const { pk: _pk, sk: _sk, owedIndex: _owed, updatedAt: _since, ...output } = Item;
  return outputRecordSchema.parse(output);
}

/** Reads, changes and conditionally writes an output record; writes nothing if nothing changes. */
export async function changeOutput(
  table: LedgerTable,
  sourceKey: string,
  apply: (output: OutputRecord | null) => OutputRecord,
): Promise<OutputRecord> {
  return retryOnConflict(
    async () => {
      const before = await readOutput(table, sourceKey);
      const wanted = apply(before);
      if (wanted === before) return wanted;
      const after = { ...wanted, version: (before?.version ?? 0) + 1 };
      await table.documents.send(
        new PutCommand({
          TableName: table.tableName,
          Item: {
            ...outputKey(sourceKey),
            ...after,
            ...(after.retired[0] && { owedIndex: owesRemoval, updatedAt: after.retired[0].since }),
          },
          ConditionExpression: before === null ? 'attribute_not_exists(pk)' : '#version = :version',
          ...(before !== null && {
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': before.version },
          }),
        }),
      );
      return after;
    },
    { isConflict: isConditionFailed, code: 'ledger-contention', subject: `The output of ${sourceKey}` },
  );
}

/** The record of a key without one. */
export function firstOutputOf(sourceKey: string, latest: OrderedUpload): OutputRecord {
  return { sourceKey, version: 1, latest, supersededJobIds: [], published: null, retired: [] };
}

/** Adds a version to the retired ones; if it is deleted, before the others, as it is due before them. */
export function retireVersion(
  output: OutputRecord,
  { jobId, token, order }: OrderedUpload & { token: number },
  since: string,
): OutputRecord {
  const isKnown = output.retired.some((version) => version.jobId === jobId && version.token === token);
  if (isKnown) return output;
  return isDeletedVersion(output, order)
    ? { ...output, retired: [{ jobId, token, since: dueAtOnce }, ...output.retired] }
    : { ...output, retired: [...output.retired, { jobId, token, since }] };
}
