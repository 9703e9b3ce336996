import { certificateFileName } from '@fyrestream/events';
import { type Certificate, renderCertificate } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import type { StoredPlan } from '../stored-plan.ts';
import type { VersionFiles } from '../version-files.ts';
import type { GatheredTracks } from './gather-tracks.ts';

/**
 * Stores the certificate of a version beside its files. Costs and bucket names are not in it; they stay in the ledger.
 * @returns its key
 */
export async function writeCertificate(
  work: JobContext,
  { facts, plan }: StoredPlan,
  {
    content,
    leftOut,
    subtitles,
    loudness,
    addresses,
    checks,
  }: Pick<Certificate['source'], 'content' | 'leftOut'> &
    Pick<Certificate, 'addresses' | 'checks' | 'loudness'> & { subtitles: GatheredTracks['subtitleReports'] },
  files: VersionFiles,
): Promise<string> {
  const { key, versionId, etag, sizeBytes } = work.job.upload;
  const text = renderCertificate({
    schemaVersion: 2,
    jobId: work.job.jobId,
    source: { key, versionId, etag, sizeBytes, facts, content, leftOut, subtitles: [...subtitles] },
    plan,
    loudness,
    addresses: { ...addresses },
    checks,
    toolVersions: await work.ffmpeg.versions(),
    files: files.list(),
  });
  return files.addText(certificateFileName, text);
}
