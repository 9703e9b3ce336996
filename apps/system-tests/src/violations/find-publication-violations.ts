import { stableFileNames, versionPrefix } from '@fyrestream/events';
import type { Observations, UploadedVersion } from './observations.ts';
import type { OutputVersion } from './output-version.ts';
import type { Violation } from './violation.ts';

/** @param versions all versions of one key, the oldest first */
export function findPublicationViolations(
  versions: readonly UploadedVersion[],
  observations: Observations,
): Violation[] {
  const messages = [
    ...stableFileProblems(versions, observations),
    ...missingFiles(versions, observations),
    ...orderProblems(versions, observations),
  ];
  return messages.map((message) => ({ kind: 'mixed', message: `${versions[0]?.key}: ${message}` }));
}

/** The newest version that succeeded: the stable files must name it. */
export function expectedVersion(
  versions: readonly UploadedVersion[],
  { jobs }: Pick<Observations, 'jobs'>,
): OutputVersion | null {
  const jobId = versions.findLast((version) => jobs.get(version.jobId)?.status === 'succeeded')?.jobId;
  return jobId === undefined ? null : { jobId, token: jobs.get(jobId)?.publication?.token ?? 0 };
}

/** All stable files name the same version, or there are none. */
function stableFileProblems(versions: readonly UploadedVersion[], observations: Observations): string[] {
  const expected = expectedVersion(versions, observations);
  const files = observations.stableFiles.get(versions[0]?.key ?? '');
  return stableFileNames.flatMap((name) => {
    const named = files?.get(name);
    if (named === undefined) return expected === null ? [] : [`${name} is missing`];
    return pathOf(named) === pathOf(expected)
      ? []
      : [`${name} names ${pathOf(named)} instead of ${pathOf(expected)}`];
  });
}

/** Only a version that a newer one replaced may have lost files. */
function missingFiles(versions: readonly UploadedVersion[], observations: Observations): string[] {
  const { jobs, outputKeys, requiredFiles, expiredJobIds } = observations;
  const published = expectedVersion(versions, observations);
  return versions.flatMap(({ jobId }) => {
    const job = jobs.get(jobId);
    const isExpired = jobId !== published?.jobId && expiredJobIds.has(jobId);
    if (job?.status !== 'succeeded' || isExpired) return [];
    return requiredFiles
      .map((name) => `${versionPrefix(jobId, job.publication?.token ?? 0)}${name}`)
      .filter((file) => !outputKeys.has(file))
      .map((file) => `job ${jobId} succeeded, but ${file} is missing`);
  });
}

/** A stable file never goes back from a newer version to an older one. */
function orderProblems(versions: readonly UploadedVersion[], { sightings }: Observations): string[] {
  const key = versions[0]?.key;
  return stableFileNames.flatMap((name) => {
    const ages = sightings
      .filter((sighting) => sighting.key === key && sighting.fileName === name)
      .map((sighting) => versions.findIndex(({ jobId }) => jobId === sighting.jobId));
    const wentBack = ages.some((age, index) => age < (ages[index - 1] ?? -1));
    return wentBack ? [`${name}: an older version replaced a newer one`] : [];
  });
}

function pathOf(named: OutputVersion | null): string {
  return named === null ? 'nothing' : versionPrefix(named.jobId, named.token);
}
