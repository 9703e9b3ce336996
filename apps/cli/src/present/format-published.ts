import type { JobOutputs, JobRecord, UnitRecord } from '@fyrestream/events';
import { drawKeyValues } from './draw-table.ts';
import { jobSteps, secondsBetween } from './job-steps.ts';
import { renditionsTable, stepsTable } from './tables.ts';

/** The published renditions of a video, the duration of each step, and the paths of the output. */
export function formatPublished(published: {
  job: JobRecord;
  outputs: JobOutputs;
  units: readonly UnitRecord[];
  uploadSeconds: number;
  /** Path of the master playlist on this machine. */
  master: string;
  bucket: string;
}): string {
  const { job, outputs, units, uploadSeconds } = published;
  const total = uploadSeconds + (secondsBetween(job.upload.uploadedAt, job.finishedAt) ?? 0);
  const steps = [
    { name: 'upload', seconds: uploadSeconds },
    ...jobSteps(job, units),
    { name: 'total', seconds: total },
  ];
  const places = drawKeyValues([
    ['play', published.master],
    ['stable', `s3://${published.bucket}/${outputs.masterKey}`],
    ['version', `s3://${published.bucket}/${outputs.prefix}`],
  ]);
  return `\n${renditionsTable(outputs.renditions)}\n\n${stepsTable(steps)}\n\n${places}`;
}
