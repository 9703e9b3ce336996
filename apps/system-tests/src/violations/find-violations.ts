import { findJobViolations } from './find-job-violations.ts';
import { findPublicationViolations } from './find-publication-violations.ts';
import type { Observations } from './observations.ts';
import type { Violation } from './violation.ts';

/**
 * Compares what is visible of a quiet pipeline with its guarantee: every upload has one correct end, is notified of,
 * and is published at most once. The simulator and the chaos run share these rules; each adds rules of its own.
 */
export function findViolations(observations: Observations): Violation[] {
  const violations: Violation[] = [];
  for (const versions of observations.versions.values()) {
    for (const version of versions) violations.push(...findJobViolations(version, versions, observations));
    violations.push(...findPublicationViolations(versions, observations));
  }
  return [...violations, ...unknownJobs(observations), ...doubledLaunches(observations)];
}

function unknownJobs({ versions, jobs }: Observations): Violation[] {
  const known = new Set([...versions.values()].flat().map(({ jobId }) => jobId));
  return [...jobs.keys()]
    .filter((jobId) => !known.has(jobId))
    .map((jobId) => ({ kind: 'wrong', message: `job ${jobId} belongs to no upload`, jobId }));
}

function doubledLaunches({ launches }: Observations): Violation[] {
  return launches
    .filter((launch, index) => launches.indexOf(launch) !== index)
    .map((launch) => ({ kind: 'doubled', message: `two tasks were started for one launch: ${launch}` }));
}
