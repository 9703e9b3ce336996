import {
  acceptingStatuses,
  additionalLaunches,
  isActive,
  isDeletedVersion,
  jobCostOf,
  jobProgress,
  launchesOf,
  type OutputRecord,
  type UnitProgress,
  type UnitRecord,
} from '@fyrestream/events';
import { type JobWithProgress, stageDurations } from '@fyrestream/operations';
import { actionSteps, actions } from '../interventions/actions.ts';
import type { JobDetailView } from './job-schema.ts';
import { toJobView } from './to-job-view.ts';

/** @param output of the upload's key; null before the first */
export function toJobDetailView(found: JobWithProgress, output: OutputRecord | null): JobDetailView {
  const { job, units } = found;
  const measured = jobProgress(job, units, new Date().toISOString());
  const isDeleted = output !== null && isDeletedVersion(output, job.upload);
  return {
    ...toJobView(found),
    versionId: job.upload.versionId,
    isDeleted,
    capacity: job.capacity,
    size: job.size,
    workers: workersOf(found),
    failureCount: job.failureCount,
    interruptionCount: job.interruptionCount,
    waitCount: job.waitCount,
    allowedActions: actions.filter(
      (action) =>
        acceptingStatuses[actionSteps[action]].includes(job.status) && !(action === 'retry' && isDeleted),
    ),
    units: units.map((unit) => toUnitView(unit, measured.units)),
    tracks: [...measured.tracks],
    cost: jobCostOf(job),
    steps: stageDurations(job, units),
    renditions: (job.outputs?.renditions ?? []).map(({ fileKey: _key, ...rendition }) => rendition),
    leftOut: [...(job.outputs?.leftOut ?? [])],
  };
}

function workersOf({ job }: JobWithProgress): JobDetailView['workers'] {
  const running = launchesOf(job).length;
  const wanted = isActive(job)
    ? Math.max(job.additional?.wanted ?? 0, additionalLaunches(job).length) + 1
    : 0;
  return { running, wanted };
}

function toUnitView(unit: UnitRecord, measured: readonly UnitProgress[]): JobDetailView['units'][number] {
  const progress = measured.find(({ unitId }) => unitId === unit.unitId);
  return {
    unitId: unit.unitId,
    state: unit.state,
    progress: progress?.fraction ?? 0,
    speed: progress?.speed ?? null,
    etaSeconds: progress?.etaSeconds ?? null,
    worker: unit.owner,
    claimedAt: unit.claimedAt ?? null,
    updatedAt: unit.updatedAt,
  };
}
