import { isDeepStrictEqual } from 'node:util';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  compareUploads,
  FyrestreamError,
  isDeletedVersion,
  jobIdOf,
  type OrderedUpload,
  type OutputRecord,
  orderOfUpload,
  type RetiredVersion,
  type Upload,
} from '@fyrestream/events';
import { changeOutput, firstOutputOf, owesRemoval, readOutput, retireVersion } from './change-output.ts';
import type { LedgerTable } from './ledger-table.ts';

/** Records an upload of a key: the newest becomes `latest`, and the others are listed until they are superseded. */
export function recordUpload(table: LedgerTable, upload: Upload): Promise<OutputRecord> {
  const version = versionOf(upload);
  return changeOutput(table, upload.key, (output) => {
    if (output === null) {
      return firstOutputOf(upload.key, version);
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
  return changeOutput(table, sourceKey, (output) => {
    if (output === null) throw noOutput(sourceKey);
    const supersededJobIds = output.supersededJobIds.filter((jobId) => !jobIds.includes(jobId));
    return supersededJobIds.length === output.supersededJobIds.length
      ? output
      : { ...output, supersededJobIds };
  });
}

/**
 * Claims the stable files for one version, unless a newer version has them or the version is deleted. The replaced version is
 * retired.
 * @returns the stored record: the claim succeeded if `published.jobId` is the job of the caller
 */
export function claimOutput(
  table: LedgerTable,
  upload: Upload,
  token: number,
  at: string,
): Promise<OutputRecord> {
  const published = { ...versionOf(upload), token };
  return changeOutput(table, upload.key, (output) => {
    // The invoker that created the job stopped before it recorded the upload.
    if (output === null) {
      const { token: _token, ...latest } = published;
      return { ...firstOutputOf(upload.key, latest), published };
    }
    if (isDeletedVersion(output, published.order)) return retireVersion(output, published, at);
    const previous = output.published;
    if (previous !== null && previous.jobId !== published.jobId) {
      return compareUploads(published.order, previous.order) > 0
        ? retireVersion({ ...output, published }, previous, at)
        : retireVersion(output, published, at);
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
  return changeOutput(table, sourceKey, (output) => {
    if (output === null) throw noOutput(sourceKey);
    const retired = output.retired.filter((version) => version.jobId !== jobId || version.token !== token);
    return retired.length === output.retired.length ? output : { ...output, retired };
  });
}

function versionOf(upload: Upload): OrderedUpload {
  return { jobId: jobIdOf(upload), order: orderOfUpload(upload) };
}

function noOutput(sourceKey: string): FyrestreamError {
  return new FyrestreamError({
    code: 'output-not-found',
    message: `No upload of ${sourceKey} is recorded.`,
    retryable: false,
  });
}
