import type { LeftOut } from '@fyrestream/events';
import { type Check, certificateFileName, renderCertificate, type SourceContent } from '@fyrestream/media';
import type { VersionFiles } from '../version-files.ts';
import type { WorkOnJob } from '../worker.ts';
import type { StoredPlan } from './plan-job.ts';

/**
 * Puts the certificate beside what it certifies. Costs and names of buckets stay in the ledger.
 * @returns its key
 */
export async function writeCertificate(
  work: WorkOnJob,
  { facts, plan }: StoredPlan,
  { content, leftOut, checks }: { content: SourceContent; leftOut: LeftOut[]; checks: Check[] },
  files: VersionFiles,
): Promise<string> {
  const { key, versionId, etag, sizeBytes } = work.job.upload;
  const text = renderCertificate({
    schemaVersion: 2,
    jobId: work.job.jobId,
    source: { key, versionId, etag, sizeBytes, facts, content, leftOut },
    plan,
    checks,
    toolVersions: await work.ffmpeg.versions(),
    files: files.list(),
  });
  return files.addText(certificateFileName, text);
}
