import type { VersionFiles } from '../version-files.ts';
import type { WorkOnJob } from '../worker.ts';
import type { StoredPlan } from './plan-job.ts';
import type { Check } from './verify.ts';

/**
 * The proof that goes with a version: what the source was, what was planned and why, what was checked and measured,
 * with which tools, and a hash of every file. Costs and names of buckets stay in the ledger.
 * @returns its key
 */
export async function writeCertificate(
  work: WorkOnJob,
  { facts, plan }: StoredPlan,
  checks: Check[],
  files: VersionFiles,
): Promise<string> {
  const { upload } = work.job;
  const certificate = {
    schemaVersion: 1,
    jobId: work.job.jobId,
    source: {
      key: upload.key,
      versionId: upload.versionId,
      etag: upload.etag,
      sizeBytes: upload.sizeBytes,
      facts,
    },
    plan,
    checks,
    toolVersions: await work.ffmpeg.versions(),
    files: files.list(),
  };
  return files.addText('certificate.json', `${JSON.stringify(certificate, null, 2)}\n`);
}
