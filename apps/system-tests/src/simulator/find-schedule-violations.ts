import { additionalLaunches, stableKey } from '@fyrestream/events';
import { expectedVersion } from '../violations/find-publication-violations.ts';
import { findViolations } from '../violations/find-violations.ts';
import type { Observations, UploadedVersion } from '../violations/observations.ts';
import type { Violation } from '../violations/violation.ts';
import { findBillViolations } from './find-bill-violations.ts';
import { findJoinViolations } from './find-join-violations.ts';
import { runningWorkers, tasksLeft, waitingMessages } from './is-quiet.ts';
import { observeSchedule } from './observe-schedule.ts';
import { type ScheduleRecord, statusChange } from './schedule-record.ts';
import { outputBucket, type SimulatedPipeline } from './simulated-pipeline.ts';

/** Applies the shared rules, then those that only a simulated pipeline can check. */
export function findScheduleViolations(record: ScheduleRecord, pipeline: SimulatedPipeline): Violation[] {
  const observations = observeSchedule(record, pipeline);
  const outputs = [...observations.versions.values()].flatMap((versions) =>
    findOutputViolations(versions, observations, record, pipeline),
  );
  return [
    ...findViolations(observations),
    ...outputs,
    ...findMissingEvents(record),
    ...findJoinViolations(record, pipeline),
    ...findBillViolations(record, pipeline.tasks.all()),
    ...findTasksLeft(record, pipeline),
    ...findExcessTasks(record, pipeline),
    ...findUnfairLaunches(record, pipeline),
    ...findEndlessWork(pipeline),
  ];
}

/** The ledger names the published version, and the poster was made from its file. */
function findOutputViolations(
  versions: readonly UploadedVersion[],
  observations: Observations,
  { uploads, outputs }: ScheduleRecord,
  { buckets }: SimulatedPipeline,
): Violation[] {
  const published = expectedVersion(versions, observations);
  const upload = uploads.find(({ jobId }) => jobId === published?.jobId)?.upload;
  if (published === null || upload === undefined) return [];
  const violations: Violation[] = [];
  if (outputs.get(upload.key)?.published?.jobId !== published.jobId) {
    violations.push({ kind: 'mixed', message: `${upload.key}: the ledger names another job` });
  }
  const poster = buckets.find({ bucket: outputBucket, key: stableKey(upload.key, 'poster.jpg') })?.body;
  if (!poster?.includes(`video of ${upload.etag}`)) {
    violations.push({ kind: 'mixed', message: `${upload.key}: the poster is of another version` });
  }
  return violations;
}

function findMissingEvents({ statusChanges, events }: ScheduleRecord): Violation[] {
  const published = new Set(events.map(({ jobId, status, at }) => statusChange(jobId, status, at)));
  return [...statusChanges]
    .filter((change) => !published.has(change))
    .map((change) => ({ kind: 'not-notified', message: `no event for ${change}` }));
}

function findEndlessWork(pipeline: SimulatedPipeline): Violation[] {
  return [
    ...waitingMessages(pipeline).map((body) => `a message comes back without end: ${body}`),
    ...runningWorkers(pipeline).map(({ name }) => `${name} works without end`),
  ].map((message) => ({ kind: 'stuck', message }));
}

/** Every task ends, and the places of additional workers are given back. */
function findTasksLeft({ jobs }: ScheduleRecord, pipeline: SimulatedPipeline): Violation[] {
  const held = [...jobs.values()].filter((job) => additionalLaunches(job).length > 0);
  return [
    ...tasksLeft(pipeline).map(({ taskArn }) => `${taskArn} runs without end`),
    ...held.map(({ jobId }) => `job ${jobId} is over and keeps a place`),
  ].map((message) => ({ kind: 'stuck', message }));
}

function findExcessTasks(
  { peakPlaces }: ScheduleRecord,
  { maxConcurrentTasks }: SimulatedPipeline,
): Violation[] {
  const peak = peakPlaces();
  if (peak <= maxConcurrentTasks) return [];
  return [{ kind: 'wrong', message: `${peak} tasks were launched, ${maxConcurrentTasks} are allowed` }];
}

function findUnfairLaunches(
  { findUnfair }: ScheduleRecord,
  { maxConcurrentTasks }: SimulatedPipeline,
): Violation[] {
  return findUnfair(maxConcurrentTasks).map((message) => ({ kind: 'wrong', message }));
}
