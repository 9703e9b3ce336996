import {
  dashManifestFileName,
  defaultProfileName,
  type JobOutputs,
  keyUrlOf,
  type LadderConfig,
  type LeftOut,
  masterPlaylistFileName,
  type PublishedRendition,
  posterFileName,
  type StableFileName,
  stableKey,
  subtitleFileName,
  versionPrefix,
} from '@fyrestream/events';
import {
  assessSource,
  type Check,
  checkPlaylists,
  checkStoredFiles,
  checkTracks,
  describeDamage,
  equalCheck,
  joinAssessments,
  joinChecks,
  leftOutOfSubtitles,
  listLeftOut,
  planToEncode,
  type ReferenceCapture,
  recipeOf,
  renderChapters,
  renderPlaylists,
  requireDecodable,
  requirePassed,
  shortenLeftOut,
  trackDurationSeconds,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import { forEachConcurrent } from '../for-each-concurrent.ts';
import type { JobContext } from '../job-context.ts';
import { readReferenceCaptures } from '../reference-capture/read-reference-captures.ts';
import { readCapture } from '../reference-capture/stored-reference-capture.ts';
import type { StoredPlan } from '../stored-plan.ts';
import { createVersionFiles, type FileHash, hashFile, type VersionFiles } from '../version-files.ts';
import { writeCertificate } from './certificate.ts';
import { createEncryptor } from './create-encryptor.ts';
import { fetchTrackFile, type GatheredTracks, type TrackFile } from './gather-tracks.ts';
import { makeVerifiedMp4s } from './make-verified-mp4s.ts';
import { verifyTracks } from './verify-tracks.ts';

const copyConcurrency = 6;

/**
 * Stores all files of a version under the claim's token: segments, MP4s, poster, playlists, certificate. Verifies them
 * before any stable file names them.
 * @throws VerificationFailure that names the failed checks; MediaRefusal `source-truncated`
 */
export async function buildVersion(
  work: JobContext,
  stored: StoredPlan,
  tracks: GatheredTracks,
  claim: ActiveClaim,
): Promise<JobOutputs> {
  const { job } = work;
  const { presentation } = tracks;
  const units: ReferenceCapture[] = [];
  for (const encoder of tracks.encoders) units.push(await readCapture(work, encoder));
  const before = stored.kept?.content;
  const decoded = assessSource(stored.facts, planToEncode(stored.plan), units, before);
  const content = before ? joinAssessments(decoded, before) : decoded;
  requireDecodable(content);
  const checks: Check[] = [];
  const requireChecks = (made: Check[]) => {
    requirePassed(made);
    checks.push(...made);
  };
  requireChecks(checkTracks(stored.plan, presentation, units, content));
  requireChecks(joinChecks((tracks.verifications ?? []).map((verification) => verification.checks)));
  requireChecks(keptChecks(stored));
  const capture = tracks.verifications === null ? await readReferenceCaptures(work, tracks.encoders) : null;

  const prefix = versionPrefix(job.jobId, claim.token);
  const files = createVersionFiles(work, prefix, claim.signal);
  const { outputs, encryption } = stored.plan;
  const verified = { stored, tracks, capture, files, claim, requireChecks };
  const renditions: PublishedRendition[] = outputs.includes('mp4')
    ? await makeVerifiedMp4s(work, verified)
    : await verifyTracks(work, verified);
  // HLS and DASH share the segments; captions are of use by themselves.
  const hasSegments = outputs.includes('hls') || outputs.includes('dash');
  const published = tracks.files.filter(({ fileName }) => hasSegments || fileName === subtitleFileName);
  const encryptor =
    encryption === null ? null : await createEncryptor(work, presentation, prefix, files, claim.signal);
  let copied = 0;
  await forEachConcurrent(published, copyConcurrency, async (file) => {
    if (encryptor?.encrypts(file)) await encryptor.add(file);
    else
      await files.addCopy(
        `${file.trackId}/${file.fileName}`,
        file.key,
        await hashOf(work, file, claim.signal),
      );
    copied += 1;
    claim.meter.report(0.8 + (0.15 * copied) / published.length);
  });
  requireChecks(encryptor?.checks() ?? []);
  const chapters = renderChapters(presentation.chapters, outputs);
  for (const { path, text } of chapters) await files.addText(path, text);
  const keyUri =
    encryption === null ? undefined : keyUrlOf(encryption, { jobId: job.jobId, token: claim.token });
  const playlists = renderPlaylists(presentation, outputs, keyUri);
  for (const playlist of playlists) await files.addText(playlist.path, playlist.text);
  requireChecks(await checkStored(files, new Map(playlists.map(({ path, text }) => [path, text]))));
  const subtitles = tracks.subtitleReports;
  const leftOut = listLeftOut(stored.plan, content, leftOutOfTracks(stored, tracks));
  const { loudness, addresses } = tracks;
  const certified = { content, leftOut, subtitles, loudness, addresses, checks };
  const certificateKey = await writeCertificate(work, stored, certified, files);
  const stableIfMade = (fileName: StableFileName) =>
    files.has(fileName) ? stableKey(job.upload.key, fileName) : null;

  return {
    prefix,
    masterKey: stableIfMade(masterPlaylistFileName),
    manifestKey: stableIfMade(dashManifestFileName),
    posterKey: stableIfMade(posterFileName),
    certificateKey,
    damage: describeDamage(content),
    leftOut: shortenLeftOut(leftOut),
    storage: storageOf(files),
    durationSeconds: Math.max(...[...presentation.video, ...presentation.audio].map(trackDurationSeconds)),
    renditions,
    recipe: recipeOf(stored, watermarkOf(work)),
  };
}

/** Of the profile, unless the stack has it no more. */
function watermarkOf({ job, settings }: JobContext): LadderConfig['watermark'] | null {
  const profile = settings.profiles.get(job.making?.profile ?? defaultProfileName);
  return profile?.ladder.watermark ?? null;
}

/**
 * Of the tracks that the plan keeps. The unit `plan` measured it, not the assembly: it compared every file of them, and keeps none that
 * differs.
 */
function keptChecks({ kept }: StoredPlan): Check[] {
  return (kept?.tracks ?? []).map(({ trackId }) =>
    equalCheck({ name: 'kept-segments-differ', subject: trackId, measured: 0 }, 0),
  );
}

function storageOf(files: VersionFiles): JobOutputs['storage'] {
  const sizes = [...files.madeSizes().values()];
  return { files: sizes.length, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Of a file in the bucket; it is downloaded only where an older version stored it. */
async function hashOf(work: JobContext, file: TrackFile, signal: AbortSignal): Promise<FileHash> {
  const { sizeBytes, sha256 } = file;
  return sha256 === null ? hashFile(await fetchTrackFile(work, file, signal)) : { sizeBytes, sha256 };
}

async function checkStored(files: VersionFiles, playlists: Map<string, string>): Promise<Check[]> {
  const stored = await files.storedSizes();
  return [...checkStoredFiles(files.madeSizes(), stored), ...checkPlaylists(playlists, stored)];
}

function leftOutOfTracks({ plan }: StoredPlan, { subtitleReports, leftOut }: GatheredTracks): LeftOut[] {
  const ofSubtitles = plan.subtitles.flatMap(({ id, streamIndex }) => {
    const report = subtitleReports.find(({ trackId }) => trackId === id);
    return report ? leftOutOfSubtitles(streamIndex, report) : [];
  });
  return [...ofSubtitles, ...leftOut];
}
