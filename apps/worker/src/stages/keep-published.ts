import { certificateFileName, reasonFrom, versionPrefix } from '@fyrestream/events';
import {
  certificateSchema,
  type EncodePlan,
  keepableTracks,
  keepTracks,
  plannedRenditions,
} from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import type { KeptVersion } from '../kept-version.ts';
import { addressesOf } from './addresses-of.ts';
import { isFaultOfContent } from './is-fault-of-content.ts';
import { type KeptTrack, readKeptTrack } from './read-kept-track.ts';

/**
 * What an edition of an upload keeps of the published version: each track that would be made in the same way, and whose files are what
 * the certificate says. Whatever is wrong with that version, the job encodes instead.
 * @throws what may pass by itself, such as a fault of S3: to encode everything would cost far more than to try again
 */
export async function keepPublished(
  work: JobContext,
  plan: EncodePlan,
  signal: AbortSignal,
): Promise<{ plan: EncodePlan; kept?: KeptVersion }> {
  const { job, ledger, log } = work;
  if (job.upload.edition === undefined) return { plan };
  const published = (await ledger.readOutput(job.upload.key))?.published ?? null;
  if (published === null) return { plan };
  const prefix = versionPrefix(published.jobId, published.token);
  const certificate = await readCertificate(work, prefix);
  if (certificate === null) return { plan };
  const tracks = [...plannedRenditions(plan), ...plan.audio].map(({ id }) => ({ trackId: id }));
  const addresses = await addressesOf(work, plan, tracks);
  // The MP4s have the title.
  const hasSameTitle = certificate.plan.title === plan.title;
  const files = certificate.files.filter(({ path }) => hasSameTitle || path.includes('/'));
  const found: KeptTrack[] = [];
  for (const trackId of keepableTracks(plan, addresses, certificate.addresses)) {
    try {
      found.push(await readKeptTrack(work, { plan, prefix, files }, trackId, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (!isFaultOfContent(error)) throw error;
      log.warn({ trackId, prefix, reason: reasonFrom(error) }, 'track-not-kept');
    }
  }
  const trackIds = found.map(({ track }) => track.trackId);
  const keeping = keepTracks(plan, published, trackIds);
  const ids = keeping.kept?.trackIds ?? [];
  log.info({ prefix, kept: ids }, 'published-version-compared');
  if (ids.length === 0) return { plan };
  const kept = found.filter(({ track }) => ids.includes(track.trackId));
  return {
    plan: keeping,
    kept: {
      prefix,
      tracks: kept.map(({ track }) => track),
      files: kept.flatMap(({ files }) => files),
      addresses: Object.fromEntries(ids.flatMap((id) => (addresses[id] ? [[id, addresses[id]]] : []))),
      loudness: certificate.loudness.filter(({ trackId }) => ids.includes(trackId)),
      content: certificate.source.content,
    },
  };
}

/** @returns null if there is none that this release can read, if it is about another version of the source, or if its segments are encrypted */
async function readCertificate({ store, settings, job, log }: JobContext, prefix: string) {
  const address = { bucket: settings.outputBucket, key: `${prefix}${certificateFileName}` };
  try {
    const certificate = certificateSchema.parse(JSON.parse(await store.readText(address)));
    const { versionId, etag } = certificate.source;
    const isOurs = versionId === job.upload.versionId && etag === job.upload.etag;
    // No worker may read the key of a version that is encrypted.
    return isOurs && certificate.plan.encryption === null ? certificate : null;
  } catch (error) {
    if (!isFaultOfContent(error)) throw error;
    log.warn({ key: address.key, reason: reasonFrom(error) }, 'certificate-not-read');
    return null;
  }
}
