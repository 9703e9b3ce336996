import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import {
  type JobEvent,
  jobEventSchema,
  type StableFileName,
  stableFileNames,
  stableKey,
  versionsPrefix,
} from '@fyrestream/events';
import type { LocalConnection } from '@fyrestream/local';
import type { CloudClients } from './connect-to-cloud.ts';
import { listAllJobs } from './list-all-jobs.ts';
import type { Observations, PublicationSighting, UploadedVersion } from './violations/observations.ts';
import { type OutputVersion, readOutputVersion } from './violations/output-version.ts';

/** Reads everything that is visible of a quiet cloud. @param versions by key, the oldest first */
export async function collectObservations(
  { region, credentials, s3Url, dataDirectory }: LocalConnection,
  clients: CloudClients,
  versions: ReadonlyMap<string, readonly UploadedVersion[]>,
  sightings: readonly PublicationSighting[],
): Promise<Observations> {
  const s3 = new S3Client({ region, credentials, endpoint: s3Url, forcePathStyle: true });
  const outputKeys = new Set(await listKeys(s3, clients.outputBucket, versionsPrefix));
  s3.destroy();
  const stableFiles: [string, Map<StableFileName, OutputVersion | null>][] = [];
  for (const key of versions.keys()) stableFiles.push([key, await readStableFiles(clients, key)]);
  return {
    versions,
    outputKeys,
    sightings,
    stableFiles: new Map(stableFiles),
    jobs: await listAllJobs(clients.ledger),
    events: await readEvents(join(dataDirectory, 'events.ndjson')),
    launches: await readLaunches(join(dataDirectory, 'ecs', 'tasks')),
    requiredFiles: ['certificate.json', 'master.m3u8', 'manifest.mpd'],
    // The run is shorter than the retention of old versions.
    expiredJobIds: new Set(),
  };
}

async function listKeys(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
  }
  return keys;
}

async function readStableFiles({ store, outputBucket }: CloudClients, sourceKey: string) {
  const named = new Map<StableFileName, OutputVersion | null>();
  for (const name of stableFileNames) {
    const address = { bucket: outputBucket, key: stableKey(sourceKey, name) };
    const head = await store.head(address);
    if (head === null) continue;
    const bytes = await store.readRange(address, 0, head.sizeBytes - 1);
    named.set(name, readOutputVersion(Buffer.from(bytes).toString('latin1')));
  }
  return named;
}

async function readEvents(path: string): Promise<JobEvent[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => jobEventSchema.parse(JSON.parse(line).detail));
}

/** Job, attempt and capacity of each task: a client token allows one task for them. */
async function readLaunches(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  const tasks = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
  return tasks.map((text) => {
    const { overrides, capacityProvider } = JSON.parse(text);
    return `${JSON.stringify(overrides?.containerOverrides?.[0]?.environment)} on ${capacityProvider}`;
  });
}
