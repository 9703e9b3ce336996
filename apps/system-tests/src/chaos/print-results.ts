import type { JobRecord } from '@fyrestream/events';
import type { Observations, UploadedVersion } from '../violations/observations.ts';
import type { Violation } from '../violations/violation.ts';
import type { ChaosRun } from './chaos-run.ts';
import type { ChaosPlan } from './plan-chaos.ts';

const outcomes = ['succeeded', 'refused', 'superseded', 'killed 3 times', 'wrong'] as const;
type Outcome = (typeof outcomes)[number];

/** Prints what was killed, which faults had an effect, the outcomes for each kind of upload, and the violations. */
export function printResults(
  { kills, faults }: ChaosPlan,
  { killsByTarget, faultsByKind }: ChaosRun,
  { versions, jobs }: Observations,
  violations: readonly Violation[],
): void {
  console.table(
    Object.fromEntries(
      [...killsByTarget].map(([target, killed]) => [
        target,
        { killed, 'none to kill': kills.filter((kill) => kill.target === target).length - killed },
      ]),
    ),
  );
  console.table(
    Object.fromEntries(
      [...faultsByKind].map(([kind, applied]) => [
        kind,
        { applied, 'without effect': faults.filter((fault) => fault.kind === kind).length - applied },
      ]),
    ),
  );
  const wrongJobIds = new Set(violations.flatMap(({ jobId }) => jobId ?? []));
  const outcomeOf = ({ jobId }: UploadedVersion) =>
    wrongJobIds.has(jobId) ? 'wrong' : expectedOutcome(jobs.get(jobId));
  const all = [...versions.values()].flat();
  const rowOf = (content: string) => {
    const ofContent = all.filter((version) => content === 'all' || version.content === content);
    const counts = outcomes.map((outcome) => [
      outcome,
      ofContent.filter((version) => outcomeOf(version) === outcome).length,
    ]);
    return { uploads: ofContent.length, ...Object.fromEntries(counts) };
  };
  console.table(
    Object.fromEntries(['video', 'audio', 'text', 'all'].map((content) => [content, rowOf(content)])),
  );
  const sum = (of: 'attempt' | 'failureCount' | 'interruptionCount') =>
    [...jobs.values()].reduce((total, job) => total + job[of], 0);
  console.log(
    `${all.length} versions of ${versions.size} uploads took ${sum('attempt')} attempts; ` +
      `${sum('failureCount')} failed and ${sum('interruptionCount')} were interrupted.`,
  );
  const additional = [...jobs.values()].reduce((total, job) => total + (job.additional?.lastSlot ?? 0), 0);
  if (additional > 0) console.log(`${additional} additional workers were launched.`);
  for (const { kind, message } of violations) console.log(`${kind}: ${message}`);
  console.log(
    violations.length === 0
      ? 'No upload is lost, doubled, stuck or wrong.'
      : `${violations.length} violations.`,
  );
}

function expectedOutcome(job: JobRecord | undefined): Outcome {
  if (job?.status === 'succeeded') return 'succeeded';
  if (job?.status === 'cancelled') return 'superseded';
  return job?.reason?.code === 'not-media' ? 'refused' : 'killed 3 times';
}
