import { isTerminal, type JobRecord, versionPrefix } from '@fyrestream/events';
import type { Observations, UploadedVersion } from './observations.ts';
import type { Violation, ViolationKind } from './violation.ts';

type Problem = readonly [kind: ViolationKind, message: string];

/** @param versions all versions of the same key, the oldest first */
export function findJobViolations(
  version: UploadedVersion,
  versions: readonly UploadedVersion[],
  observations: Observations,
): Violation[] {
  const { jobId, key, content } = version;
  const job = observations.jobs.get(jobId);
  return problemsOf(version, versions, job, observations).map(([kind, message]) => ({
    kind,
    message: `job ${jobId} of ${key} (${content}) ${message}`,
    jobId,
  }));
}

function problemsOf(
  version: UploadedVersion,
  versions: readonly UploadedVersion[],
  job: JobRecord | undefined,
  observations: Observations,
): Problem[] {
  if (job === undefined) return version.mustHaveJob ? [['lost', 'has no record']] : [];
  if (!isTerminal(job)) return [['stuck', `is still ${statusOf(job)}, attempt ${job.attempt}`]];
  return [
    ...endProblems(version, job, version !== versions.at(-1)),
    ...eventProblems(version, job, observations),
    ...tokenProblems(job, observations),
  ];
}

function endProblems(version: UploadedVersion, job: JobRecord, hasNewer: boolean): Problem[] {
  const { status, reason } = job;
  const { expectedStatus, expectedReasonCode, mayFail, isUserControlled } = version;
  if (isUserControlled) return [];
  if (status === 'cancelled' && reason?.code === 'superseded' && hasNewer) return [];
  if (status === 'failed' && mayFail) return [];
  const isExpectedReason = expectedReasonCode === null || reason?.code === expectedReasonCode;
  if (status === expectedStatus && isExpectedReason) return [];
  return [['wrong', `is ${statusOf(job)} instead of ${expectedStatus}`]];
}

function eventProblems(
  { isUserControlled }: UploadedVersion,
  { jobId, status, owed }: JobRecord,
  { events }: Observations,
): Problem[] {
  // The bill of a job that is over repeats its status.
  const ends = events.filter(
    (event) => event.jobId === jobId && event.status === status && event.kind !== 'job-billed',
  );
  const eventIds = new Set(ends.map(({ eventId }) => eventId));
  const problems: Problem[] = [];
  if (owed.length > 0) problems.push(['not-notified', `has the unpublished event ${owed[0]?.kind}`]);
  if (eventIds.size === 0) problems.push(['not-notified', `is ${status} without an event`]);
  if (eventIds.size > 1 && !isUserControlled) {
    problems.push(['doubled', `has several events for its end as ${status}: ${[...eventIds].join(', ')}`]);
  }
  return problems;
}

/** All versions of the job that were ever visible are the one under the token that the ledger chose. */
function tokenProblems(
  { jobId, status, publication, outputs, upload }: JobRecord,
  { events, sightings, stableFiles }: Observations,
): Problem[] {
  const prefixOf = (token: number) => versionPrefix(jobId, token);
  const chosen = publication && prefixOf(publication.token);
  const announced = events.flatMap((event) =>
    event.jobId === jobId && event.outputs !== null ? [event.outputs.prefix] : [],
  );
  const namedNow = [...(stableFiles.get(upload.key)?.values() ?? [])].filter((named) => named !== null);
  const seen = [...sightings, ...namedNow]
    .filter((named) => named.jobId === jobId)
    .map(({ token }) => prefixOf(token));
  const others = new Set([...announced, ...seen].filter((prefix) => prefix !== chosen));
  const problems = [...others].map(
    (prefix): Problem => ['doubled', `was published as ${prefix}, but ${chosen} was chosen`],
  );
  if (status === 'succeeded' && (chosen === null || outputs?.prefix !== chosen)) {
    problems.push(['doubled', `succeeded with ${outputs?.prefix}, but ${chosen} was chosen`]);
  }
  return problems;
}

function statusOf({ status, reason }: JobRecord): string {
  return reason === null ? status : `${status} (${reason.code}: ${reason.message})`;
}
