import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  type JobEvent,
  type JobRecord,
  jobEventSchema,
  jobIdOf,
  jobStatusSchema,
  outputPrefix,
  type StableFileName,
  stableFileNames,
  stableKey,
} from '@fyrestream/events';
import type { LocalConnection } from '@fyrestream/local';
import type { CloudClients } from '../connect-to-cloud.ts';
import type { ChaosObservations, UploadedVersion, ViewerObservation } from './observations.ts';
import type { SourceFiles } from './source-files.ts';

type Gathered = Pick<
  ChaosObservations,
  'versions' | 'jobs' | 'events' | 'stableFiles' | 'outputs' | 'launches'
>;

/** Reads all that a quiet cloud has to show. */
export async function collectObservations(
  connection: LocalConnection,
  clients: CloudClients,
  { kindByEtag }: SourceFiles,
): Promise<Gathered> {
  const { region, credentials, s3Url, dataDirectory } = connection;
  const s3 = new S3Client({ region, credentials, endpoint: s3Url, forcePathStyle: true });
  const versions = await listVersions(s3, clients.sourceBucket, kindByEtag);
  const outputs = new Set(await listKeys(s3, clients.outputBucket, outputPrefix));
  const stableFiles: [string, Awaited<ReturnType<typeof readStableFiles>>][] = [];
  for (const key of versions.keys()) stableFiles.push([key, await readStableFiles(clients, key)]);
  s3.destroy();
  return {
    versions,
    outputs,
    stableFiles: new Map(stableFiles),
    jobs: await listAllJobs(clients),
    events: await readEvents(join(dataDirectory, 'events.ndjson')),
    launches: await readLaunches(join(dataDirectory, 'ecs', 'tasks')),
  };
}

/** Every job of the ledger, by its id. */
export async function listAllJobs({ ledger }: Pick<CloudClients, 'ledger'>): Promise<Map<string, JobRecord>> {
  const jobs = new Map<string, JobRecord>();
  for (const status of jobStatusSchema.options) {
    let cursor: string | null = null;
    do {
      const page = await ledger.listJobs(status, { cursor });
      for (const job of page.jobs) jobs.set(job.jobId, job);
      cursor = page.cursor;
    } while (cursor !== null);
  }
  return jobs;
}

/** What a stable file names: the one version whose path stands in it. */
export function versionNamedIn(text: string): Omit<ViewerObservation, 'key'> | 'nothing' {
  const [, jobId, token] = /([a-z2-7]{26})\/(\d+)\//.exec(text) ?? [];
  return jobId === undefined ? 'nothing' : { jobId, token: Number(token) };
}

async function listVersions(
  s3: S3Client,
  bucket: string,
  kindByEtag: SourceFiles['kindByEtag'],
): Promise<Map<string, UploadedVersion[]>> {
  const versions = new Map<string, UploadedVersion[]>();
  for await (const page of versionPages(s3, bucket)) {
    for (const { Key: key = '', VersionId: versionId = '', ETag = '' } of page) {
      const etag = ETag.replaceAll('"', '');
      const version = {
        key,
        versionId,
        jobId: jobIdOf({ bucket, key, versionId, etag }),
        // What is none of the sources is not right whatever becomes of it.
        kind: kindByEtag.get(etag) ?? 'text',
      };
      // S3 lists the newest first.
      versions.set(key, [version, ...(versions.get(key) ?? [])]);
    }
  }
  return versions;
}

async function* versionPages(s3: S3Client, bucket: string): AsyncGenerator<ObjectVersion[]> {
  let next: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> = {};
  for (;;) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, ...next }),
    );
    yield page.Versions ?? [];
    if (page.NextKeyMarker === undefined) return;
    next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function listKeys(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
  }
  return keys;
}

async function readStableFiles({ store, outputBucket }: CloudClients, sourceKey: string) {
  const named = new Map<StableFileName, Omit<ViewerObservation, 'key'> | 'nothing'>();
  for (const name of stableFileNames) {
    const address = { bucket: outputBucket, key: stableKey(sourceKey, name) };
    const head = await store.head(address);
    if (head === null) continue;
    const bytes = await store.readRange(address, 0, head.sizeBytes - 1);
    named.set(name, versionNamedIn(Buffer.from(bytes).toString('latin1')));
  }
  return named;
}

async function readEvents(path: string): Promise<JobEvent[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => jobEventSchema.parse(JSON.parse(line).detail));
}

async function readLaunches(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  const tasks = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
  // Jobs, attempts and capacities: what a client token stands for.
  return tasks.map((text) => {
    const { overrides, capacityProvider } = JSON.parse(text);
    return `${JSON.stringify(overrides?.containerOverrides?.[0]?.environment)} on ${capacityProvider}`;
  });
}
