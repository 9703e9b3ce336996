import {
  isTerminal,
  type JobRecord,
  maxFailures,
  stableFileNames,
  versionPath,
  versionPrefix,
} from '@fyrestream/events';
import type { ChaosObservations, UploadedVersion } from './observations.ts';

export type Outcome = 'succeeded' | 'refused' | 'superseded' | 'killed' | 'wrong';

export interface Judgement {
  /** What became of each version. */
  readonly outcomes: ReadonlyMap<UploadedVersion, Outcome>;
  /** What must not be, each naming its job and why. */
  readonly violations: readonly string[];
}

/** Holds what is there against what was promised: every upload has one right end, and is published once at most. */
export function judge(observations: ChaosObservations): Judgement {
  const outcomes = new Map<UploadedVersion, Outcome>();
  const violations = [...observations.leftovers];
  for (const versions of observations.versions.values()) {
    for (const version of versions) {
      const faults = faultsOf(version, versions, observations);
      violations.push(...faults.map((fault) => `job ${version.jobId} of ${version.key} ${fault}`));
      outcomes.set(version, faults.length > 0 ? 'wrong' : outcomeOf(observations.jobs.get(version.jobId)));
    }
    violations.push(...publicationFaults(versions, observations));
  }
  return { outcomes, violations: [...violations, ...ledgerFaults(observations)] };
}

function outcomeOf(job: JobRecord | undefined): Outcome {
  if (job?.status === 'succeeded') return 'succeeded';
  if (job?.status === 'cancelled') return 'superseded';
  return job?.reason?.code === 'not-media' ? 'refused' : 'killed';
}

function faultsOf(
  version: UploadedVersion,
  versions: readonly UploadedVersion[],
  observations: ChaosObservations,
): string[] {
  const { jobId, kind } = version;
  const job = observations.jobs.get(jobId);
  if (job === undefined) return ['is lost: there is no record of it'];
  if (!isTerminal(job))
    return [`is stuck: it is ${job.status}, ${job.reason?.message ?? 'without a reason'}`];
  return [
    ...endFaults(job, kind, version !== versions.at(-1), observations.kills.get(jobId) ?? 0),
    ...findFaults(job, observations),
    ...tokenFaults(job, observations),
  ];
}

function endFaults(
  { status, reason }: JobRecord,
  kind: UploadedVersion['kind'],
  hasNewer: boolean,
  kills: number,
): string[] {
  if (status === 'cancelled' && reason?.code === 'superseded' && hasNewer) return [];
  if (kind === 'text' && status === 'failed' && reason?.code === 'not-media') return [];
  if (kind !== 'text' && status === 'succeeded' && reason === null) return [];
  // Whose workers were killed time and again has used up its attempts.
  if (kind !== 'text' && status === 'failed' && kills >= maxFailures) return [];
  return [`is wrong: ${kind} became ${status} (${reason?.code}: ${reason?.message}), killed ${kills} times`];
}

function findFaults({ jobId, status, owed }: JobRecord, { events }: ChaosObservations): string[] {
  const reported = events.filter((event) => event.jobId === jobId && event.status === status);
  const ends = new Set(reported.map(({ eventId }) => eventId));
  return [
    ...(owed.length > 0 ? [`still owes the event ${owed[0]?.kind}`] : []),
    ...(ends.size === 0 ? [`never told that it is ${status}`] : []),
    ...(ends.size > 1 ? [`is doubled: it told of several ends as ${status}: ${[...ends].join(', ')}`] : []),
  ];
}

/** Wherever a version of the job was ever named, it is the one under the token that the ledger chose. */
function tokenFaults(
  { jobId, status, publication, outputs, upload }: JobRecord,
  observations: ChaosObservations,
): string[] {
  const announced = observations.events.flatMap((event) =>
    event.jobId === jobId && event.outputs !== null ? [event.outputs.prefix] : [],
  );
  const seen = [...observations.sightings, ...sightingsNow(observations)]
    .filter((sighting) => sighting.jobId === jobId)
    .map(({ token }) => versionPrefix(upload.key, jobId, token));
  const chosen = publication && versionPrefix(upload.key, jobId, publication.token);
  const others = new Set([...announced, ...seen].filter((prefix) => prefix !== chosen));
  const faults = [...others].map((prefix) => `is doubled: ${prefix} was named, ${chosen} is what was chosen`);
  if (status !== 'succeeded') return faults;
  if (chosen === null || outputs?.prefix !== chosen)
    return [...faults, `succeeded with ${outputs?.prefix}, but ${chosen} was chosen`];
  const missing = ['certificate.json', 'master.m3u8', 'manifest.mpd'].filter(
    (name) => !observations.outputs.has(`${chosen}${name}`),
  );
  return [...faults, ...missing.map((name) => `succeeded without ${chosen}${name}`)];
}

function sightingsNow({ stableFiles }: ChaosObservations) {
  return [...stableFiles.values()].flatMap((files) =>
    [...files.values()].filter((named) => named !== 'nothing'),
  );
}

/** The stable files of a key all name the newest version that succeeded, and never went back to an older one. */
function publicationFaults(versions: readonly UploadedVersion[], observations: ChaosObservations): string[] {
  const key = versions[0]?.key ?? '';
  const winner = versions.findLast(({ jobId }) => observations.jobs.get(jobId)?.status === 'succeeded');
  const token = observations.jobs.get(winner?.jobId ?? '')?.publication?.token ?? 0;
  const expected = winner === undefined ? 'nothing' : versionPath(winner.jobId, token);
  const files = observations.stableFiles.get(key);
  const faults = stableFileNames.flatMap((name) => {
    const found = files?.get(name);
    if (found === undefined) return winner === undefined ? [] : [`${key}: no ${name}`];
    const named = found === 'nothing' ? found : versionPath(found.jobId, found.token);
    return named === expected ? [] : [`${key}: ${name} names ${named} instead of ${expected}`];
  });
  const ages = observations.sightings
    .filter((sighting) => sighting.key === key)
    .map((sighting) => versions.findIndex(({ jobId }) => jobId === sighting.jobId));
  const wentBack = ages.some((age, index) => age < (ages[index - 1] ?? -1));
  return wentBack ? [...faults, `${key}: an older version overtook a newer one`] : faults;
}

function ledgerFaults({ versions, acknowledged, jobs, launches }: ChaosObservations): string[] {
  const all = [...versions.values()].flat();
  const stored = new Set(all.map(({ key, versionId }) => `${key} ${versionId}`));
  const jobIds = new Set(all.map(({ jobId }) => jobId));
  return [
    ...acknowledged
      .filter(({ key, versionId }) => !stored.has(`${key} ${versionId}`))
      .map(({ key, versionId }) => `${key}: S3 took version ${versionId} and has it no more`),
    ...[...jobs.keys()].filter((jobId) => !jobIds.has(jobId)).map((jobId) => `job ${jobId} is of no upload`),
    ...launches
      .filter((launch, index) => launches.indexOf(launch) !== index)
      .map((launch) => `two tasks were started for ${launch}`),
  ];
}
