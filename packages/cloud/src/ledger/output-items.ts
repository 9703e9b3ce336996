import { isDeepStrictEqual } from 'node:util';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  compareUploads,
  FyrestreamError,
  jobIdOf,
  type OrderedUpload,
  type OutputRecord,
  outputRecordSchema,
  type RetiredVersion,
  type Upload,
} from '@fyrestream/events';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { isConditionFailed, type LedgerTable, outputKey } from './ledger-table.ts';

/** The index value of outputs with retired versions, whose files have to be removed. */
const owesRemoval = 'removal';

export async function readOutput(table: LedgerTable, sourceKey: string): Promise<OutputRecord | null> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.tableName, Key: outputKey(sourceKey), ConsistentRead: true }),
  );
  if (Item === undefined) return null;
  const { pk: _pk, sk: _sk, owedIndex: _owed, updatedAt: _since, ...output } = Item;
  return outputRecordSchema.parse(output);
}

/** Records an upload of a key: the newest becomes `latest`, and the others are listed until they are superseded. */
export function recordUpload(table: LedgerTable, upload: Upload): Promise<OutputRecord> {
  const version = versionOf(upload);
  return change(table, upload.key, (output) => {
    if (output === null) {
      return firstOf(upload.key, version);
    }
    const { latest, supersededJobIds } = output;
    if (latest.jobId === version.jobId || supersededJobIds.includes(version.jobId)) return output;
    const isNewer = compareUploads(version.order, latest.order) > 0;
    return {
      ...output,
      latest: isNewer ? version : latest,
      supersededJobIds: [...supersededJobIds, isNewer ? latest.jobId : version.jobId],
    };
  });
}

/** Removes jobs from the list of jobs to supersede. */
export function removeSupersededJobIds(
  table: LedgerTable,
  sourceKey: string,
  jobIds: string[],
): Promise<OutputRecord> {
  return change(table, sourceKey, (output) => {
    if (output === null) throw noOutput(sourceKey);
    const supersededJobIds = output.supersededJobIds.filter((jobId) => !jobIds.includes(jobId));
    return supersededJobIds.length === output.supersededJobIds.length
      ? output
      : { ...output, supersededJobIds };
  });
}

/**
 * Claims the stable files for one version, unless a newer version has them. The replaced version is retired.
 * @returns the stored record: the claim succeeded if `published.jobId` is the job of the caller
 */
export function claimOutput(
  table: LedgerTable,
  upload: Upload,
  token: number,
  at: string,
): Promise<OutputRecord> {
  const published = { ...versionOf(upload), token };
  return change(table, upload.key, (output) => {
    // The invoker that created the job stopped before it recorded the upload.
    if (output === null) {
      const { token: _token, ...latest } = published;
      return { ...firstOf(upload.key, latest), published };
    }
    const previous = output.published;
    if (previous !== null && previous.jobId !== published.jobId) {
      return compareUploads(published.order, previous.order) > 0
        ? retire({ ...output, published }, previous, at)
        : retire(output, published, at);
    }
    return isDeepStrictEqual(previous, published) ? output : { ...output, published };
  });
}

/** Outputs with a version that was retired before a time, the longest waiting first. */
export async function listOutputsWithRetiredVersions(
  table: LedgerTable,
  before: string,
  limit: number,
): Promise<OutputRecord[]> {
  const { Items = [] } = await table.documents.send(
    new QueryCommand({
      TableName: table.tableName,
      IndexName: 'by-owed',
      KeyConditionExpression: 'owedIndex = :owed AND updatedAt < :before',
      ExpressionAttributeValues: { ':owed': owesRemoval, ':before': before },
      Limit: limit,
    }),
  );
  // The index is eventually consistent: the table decides what is removed.
  const outputs = await Promise.all(Items.map(({ sourceKey }) => readOutput(table, String(sourceKey))));
  return outputs.filter((output) => output !== null);
}

/** Deletes the entry of a retired version whose files are removed. */
export function deleteRetiredVersionEntry(
  table: LedgerTable,
  sourceKey: string,
  { jobId, token }: RetiredVersion,
): Promise<OutputRecord> {
  return change(table, sourceKey, (output) => {
    if (output === null) throw noOutput(sourceKey);
    const retired = output.retired.filter((version) => version.jobId !== jobId || version.token !== token);
    return retired.length === output.retired.length ? output : { ...output, retired };
  });
}

function firstOf(sourceKey: string, latest: OrderedUpload): OutputRecord {
  return { sourceKey, version: 1, latest, supersededJobIds: [], published: null, retired: [] };
}

function retire(
  output: OutputRecord,
  { jobId, token }: { jobId: string; token: number },
  since: string,
): OutputRecord {
  const isKnown = output.retired.some((version) => version.jobId === jobId && version.token === token);
  return isKnown ? output : { ...output, retired: [...output.retired, { jobId, token, since }] };
}

function versionOf(upload: Upload): OrderedUpload {
  return { jobId: jobIdOf(upload), order: { sequencer: upload.sequencer, uploadedAt: upload.uploadedAt } };
}

/** Reads, changes and conditionally writes a record; writes nothing if nothing changes. */
async function change(
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

function noOutput(sourceKey: string): FyrestreamError {
  return new FyrestreamError({
    code: 'output-not-found',
    message: `No upload of ${sourceKey} is recorded.`,
    retryable: false,
  });
}
