import type { JobOutputs, JobRecord, UnitRecord } from '@fyrestream/events';
import { jobSteps } from './job-steps.ts';
import { renditionsTable } from './renditions-table.ts';
import { secondsBetween } from './seconds-between.ts';
import { stepsTable } from './steps-table.ts';
import { facts } from './table.ts';

/** What came out of a video, how long each step took, and where to find it. */
export function describePublished(published: {
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
    { name: 'in all', seconds: total },
  ];
  const places = facts([
    ['play', published.master],
    ['stable', `s3://${published.bucket}/${outputs.masterKey}`],
    ['version', `s3://${published.bucket}/${outputs.prefix}`],
  ]);
  return `\n${renditionsTable(outputs.renditions)}\n\n${stepsTable(steps)}\n\n${places}`;
}
