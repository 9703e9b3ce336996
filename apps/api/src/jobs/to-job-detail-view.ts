import {
  acceptingStatuses,
  additionalLaunches,
  isActive,
  isDeletedVersion,
  jobCostOf,
  jobProgress,
  launchesOf,
  type OutputRecord,
  type UnitRecord,
} from '@fyrestream/events';
import { type JobWithProgress, listJobEvents, stageDurations } from '@fyrestream/operations';
import { actionSteps, actions } from '../interventions/actions.ts';
import type { JobDetailView } from './job-schema.ts';
import { toJobView } from './to-job-view.ts';

/** @param output of the upload's key; null before the first */
export function toJobDetailView(found: JobWithProgress, output: OutputRecord | null): JobDetailView {
  const { job, units } = found;
  const progress = jobProgress(job, units, new Date().toISOString());
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
    units: progress.units.map((unit) => ({ ...unit, ...ownerOf(unit.unitId, units) })),
    tracks: progress.tracks,
    videoUnits: progress.videoUnits,
    cost: jobCostOf(job),
    steps: stageDurations(job, units),
    events: listJobEvents(job),
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

function ownerOf(
  unitId: string,
  units: readonly UnitRecord[],
): Pick<JobDetailView['units'][number], 'worker' | 'claimedAt' | 'updatedAt'> {
  const unit = units.find((record) => record.unitId === unitId);
  return {
    worker: unit?.owner ?? null,
    claimedAt: unit?.claimedAt ?? null,
    updatedAt: unit?.updatedAt ?? null,
  };
}
