import {
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  S3Client,
} from '@aws-sdk/client-s3';
import { jobIdOf, maxFailures } from '@fyrestream/events';
import type { UploadedVersion } from '../violations/observations.ts';
import type { ChaosEnvironment, ChaosRun } from './chaos-run.ts';

/** All versions in the source bucket by key, the oldest first. */
export async function listUploadedVersions(
  { cloud, clients, files: { contentByEtag } }: ChaosEnvironment,
  { disturbancesByJobId }: ChaosRun,
): Promise<Map<string, UploadedVersion[]>> {
  const { region, credentials, s3Url } = cloud.connection;
  const s3 = new S3Client({ region, credentials, endpoint: s3Url, forcePathStyle: true });
  const bucket = clients.sourceBucket;
  const versions = new Map<string, UploadedVersion[]>();
  for await (const page of versionPages(s3, bucket)) {
    for (const { Key: key = '', VersionId: versionId = '', ETag = '' } of page) {
      const etag = ETag.replaceAll('"', '');
      const jobId = jobIdOf({ bucket, key, versionId, etag });
      // An unknown ETag means damaged bytes: publishing them is wrong.
      const content = contentByEtag.get(etag) ?? 'text';
      const version: UploadedVersion = {
        ...{ key, versionId, jobId, content },
        mustHaveJob: true,
        expectedStatus: content === 'text' ? 'failed' : 'succeeded',
        expectedReasonCode: content === 'text' ? 'not-media' : null,
        mayFail: content !== 'text' && (disturbancesByJobId.get(jobId) ?? 0) >= maxFailures,
        isUserControlled: false,
      };
      // S3 lists the newest version first.
      versions.set(key, [version, ...(versions.get(key) ?? [])]);
    }
  }
  s3.destroy();
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
