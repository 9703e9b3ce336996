import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FyrestreamError, initFileName, progressiveFileName } from '@fyrestream/events';
import {
  type CertifiedFile,
  createTrackPackager,
  type EncodePlan,
  type PackagedFile,
  plannedRenditions,
  segmentDurationOf,
  type TrackManifest,
  type TrackPackagerOptions,
} from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { fetchTrackFile } from './gather-tracks.ts';

export interface KeptTrack {
  readonly track: TrackManifest;
  readonly files: readonly CertifiedFile[];
}

/**
 * Reads a track of a published version: compares each file with its certified hash, and packages the track again. The packager
 * must make the same files, so its manifest describes them.
 * @throws FyrestreamError `file-damaged` if a file is not what was certified; `track-incomplete`; what the packager throws
 */
export async function readKeptTrack(
  work: JobContext,
  { plan, prefix, files }: { plan: EncodePlan; prefix: string; files: readonly CertifiedFile[] },
  trackId: string,
  signal: AbortSignal,
): Promise<KeptTrack> {
  const options = packagerOptions(plan, trackId);
  const own = segmentsOf(files, trackId);
  const certified = new Map(own.map(({ path, sha256 }) => [path, sha256]));
  const packager = createTrackPackager(options);
  const requireCertified = ({ fileName, bytes }: Pick<PackagedFile, 'fileName' | 'bytes'>) => {
    const path = `${trackId}/${fileName}`;
    const sha256 = certified.get(path);
    if (sha256 !== undefined && createHash('sha256').update(bytes).digest('hex') === sha256) return;
    throw new FyrestreamError({
      code: 'file-damaged',
      message: `${prefix}${path} is not the file that was certified.`,
      retryable: false,
    });
  };
  let made = 0;
  const take = (packaged: readonly PackagedFile[]) => {
    for (const file of packaged) requireCertified(file);
    made += packaged.length;
  };
  for (const { path, sizeBytes, sha256 } of own) {
    const fileName = path.slice(trackId.length + 1);
    const file = { trackId, fileName, key: prefix + path, sizeBytes, sha256 };
    const bytes = await readFile(await fetchTrackFile(work, file, signal));
    requireCertified({ fileName, bytes });
    take(packager.push(bytes));
  }
  take(packager.end());
  if (made !== own.length) {
    throw new FyrestreamError({
      code: 'track-incomplete',
      message: `${prefix}${trackId} has ${own.length} files, not ${made}.`,
      retryable: false,
    });
  }
  const mp4 = files.find(({ path }) => path === progressiveFileName(trackId, options.kind));
  return { track: packager.manifest(), files: [...own, ...(mp4 ? [mp4] : [])] };
}

/** In playing order: the init segment comes before all others. */
function segmentsOf(files: readonly CertifiedFile[], trackId: string): CertifiedFile[] {
  const own = files.filter(({ path }) => path.startsWith(`${trackId}/`));
  const init = own.filter(({ path }) => path === `${trackId}/${initFileName}`);
  const segments = own.filter(({ path }) => path.endsWith('.m4s'));
  return [...init, ...segments.toSorted((left, right) => (left.path < right.path ? -1 : 1))];
}

function packagerOptions(plan: EncodePlan, trackId: string): TrackPackagerOptions {
  const segmentDurationSeconds = segmentDurationOf(plan);
  const audio = plan.audio.find(({ id }) => id === trackId);
  if (audio !== undefined) {
    const { language, name, role } = audio;
    return { trackId, kind: 'audio', segmentDurationSeconds, language, name, role };
  }
  if (plannedRenditions(plan).some(({ id }) => id === trackId))
    return { trackId, kind: 'video', segmentDurationSeconds };
  throw new TypeError(`The plan has no track ${trackId}.`);
}
