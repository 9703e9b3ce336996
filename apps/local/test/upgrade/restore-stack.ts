import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { jobIdOf } from '@fyrestream/events';
import type { LocalConnection } from '../../src/local-connection.ts';
import type { PipelineClient } from '../pipeline/pipeline-client.ts';
import type { Item, JobCase, RecordedStack, WorkCase } from './recorded-stack.ts';

const headers = { contentType: 'application/octet-stream', cacheControl: 'no-store' };

/**
 * Puts a recorded stack into a local cloud, as if that cloud had run the release that recorded it. S3 gives the uploads new
 * versions, so their jobs have new ids; times are as long ago as when they were recorded.
 * @returns the ids of the jobs
 */
export async function restoreStack(
  recorded: RecordedStack,
  { connection, pipeline, folder }: { connection: LocalConnection; pipeline: PipelineClient; folder: string },
): Promise<Readonly<Record<JobCase, string>>> {
  const renamed = new Map<string, string>();
  const ids: Record<JobCase, string> = { ...recorded.jobIds };
  for (const name of Object.keys(recorded.uploads) as WorkCase[]) {
    const { bucket, key, versionId } = recorded.uploads[name];
    const file = join(folder, name);
    writeFileSync(file, Buffer.from(recorded.sources[name], 'base64'));
    const stored = await pipeline.store.upload({ bucket, key }, file, headers);
    ids[name] = jobIdOf({ bucket, key, ...stored });
    renamed.set(recorded.jobIds[name], ids[name]);
    if (versionId !== null) renamed.set(versionId, stored.versionId ?? '');
  }
  const rename = (text: string) =>
    [...renamed].reduce((changed, [before, after]) => changed.replaceAll(before, after), text);

  const elapsed = Date.now() - Date.parse(recorded.recordedAt);
  const client = new DynamoDBClient({
    region: connection.region,
    endpoint: connection.url,
    credentials: connection.credentials,
  });
  for (const item of recorded.items) {
    await client.send(
      new PutItemCommand({
        TableName: connection.environment.FYRESTREAM_JOBS_TABLE ?? '',
        Item: JSON.parse(rename(shiftTimes(item, elapsed))) as Item,
      }),
    );
  }
  client.destroy();
  for (const [key, content] of Object.entries(recorded.objects)) {
    const file = join(folder, 'object');
    writeFileSync(file, Buffer.from(content, 'base64'));
    await pipeline.store.upload({ bucket: pipeline.outputBucket, key: rename(key) }, file, headers);
  }
  return ids;
}

/** The item as JSON, with all its times moved by that many milliseconds. */
function shiftTimes(item: Item, elapsed: number): string {
  return JSON.stringify(item)
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => new Date(Date.parse(time) + elapsed).toISOString())
    .replace(
      /("expiresAt":\{"N":")(\d+)/,
      (_all, before, seconds) => `${before}${Number(seconds) + Math.round(elapsed / 1_000)}`,
    );
}
