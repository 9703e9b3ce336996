import { isDeepStrictEqual } from 'node:util';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  compareUploads,
  FyrestreamError,
  jobIdOf,
  type OutputRecord,
  outputRecordSchema,
  type RetiredVersion,
  type Upload,
  type VersionOfOutput,
} from '@fyrestream/events';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { isConditionFailed, type LedgerTable, outputKey } from './ledger-table.ts';

/** In the index of what is owed, beside the jobs that owe an event: an output owes the removal of old files. */
const owesRemoval = 'removal';

export async function readOutput(table: LedgerTable, sourceKey: string): Promise<OutputRecord | null> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.tableName, Key: outputKey(sourceKey), ConsistentRead: true }),
  );
  if (Item === undefined) return null;
  const { pk: _pk, sk: _sk, owedIndex: _owed, updatedAt: _since, ...output } = Item;
  return outputRecordSchema.parse(output);
}

/** Notes an upload of a key: the newest becomes `latest`, and whom it displaces is remembered until told. */
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

/** Forgets jobs that have been told that they are superseded. */
export function deleteSuperseded(
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
 * Takes the stable files for one version; never from a newer one. The one that has to give way is retired.
 * @returns what stands afterwards: compare `published.jobId` with one's own
 */
export function claimOutput(
  table: LedgerTable,
  upload: Upload,
  token: number,
  at: string,
): Promise<OutputRecord> {
  const published = { ...versionOf(upload), token };
  return change(table, upload.key, (output) => {
    // Whoever admitted the job died before it could note the upload.
    if (output === null) {
      const { token: _token, ...latest } = published;
      return { ...firstOf(upload.key, latest), published };
    }
    const standing = output.published;
    if (standing !== null && standing.jobId !== published.jobId) {
      return compareUploads(published.order, standing.order) > 0
        ? retire({ ...output, published }, standing, at)
        : retire(output, published, at);
    }
    return isDeepStrictEqual(standing, published) ? output : { ...output, published };
  });
}

/** Outputs with a version that was retired before a time, those that wait longest first. */
export async function listRetired(
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
  // The index lags; what is removed is decided by what stands in the table.
  const outputs = await Promise.all(Items.map(({ sourceKey }) => readOutput(table, String(sourceKey))));
  return outputs.filter((output) => output !== null);
}

/** Forgets a retired version whose files are removed. */
export function deleteRetired(
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

function firstOf(sourceKey: string, latest: VersionOfOutput): OutputRecord {
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

function versionOf(upload: Upload): VersionOfOutput {
  return { jobId: jobIdOf(upload), order: { sequencer: upload.sequencer, uploadedAt: upload.uploadedAt } };
}

/** Read, change, write on condition; nothing is written where nothing changes. */
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
    message: `No upload of ${sourceKey} was noted.`,
    retryable: false,
  });
}
