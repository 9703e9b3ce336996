import { dirname } from 'node:path';
import { type JobOutputs, type JobRecord, planUnitId, type UnitRecord } from '@fyrestream/events';
import { secondsBetween, stageDurations } from '@fyrestream/operations';
import { commandLine } from '../command-line.ts';
import { drawKeyValues } from './draw-table.ts';
import { shellWord } from './shell-word.ts';
import { renditionsTable, stagesTable } from './tables.ts';

/** The published renditions of a video, the duration of each step, and the paths of the output. */
export function formatStartSummary(published: {
  job: JobRecord;
  outputs: JobOutputs;
  units: readonly UnitRecord[];
  uploadSeconds: number;
  /** Path of the master playlist on this machine. */
  master: string;
  bucket: string;
  /** Shows the film in the console: an address, or the command that serves it. */
  console: string;
}): string {
  const { job, outputs, units, uploadSeconds } = published;
  const total = uploadSeconds + (secondsBetween(job.upload.uploadedAt, job.finishedAt) ?? 0);
  const launchedAt = units.find(({ unitId }) => unitId === planUnitId)?.launchedAt;
  // The cloud has run all the time, so the job has waited for its turn.
  const waiting = {
    name: 'waiting before the start',
    seconds: secondsBetween(job.createdAt, launchedAt) ?? 0,
  };
  const steps = [
    { name: 'upload', seconds: uploadSeconds },
    // After the admission.
    ...stageDurations(job, units).toSpliced(1, 0, waiting),
    { name: 'total', seconds: total },
  ];
  const places = drawKeyValues([
    ['play', commandLine(`play ${shellWord(dirname(published.master))}`)],
    ['master', published.master],
    ['stable', `s3://${published.bucket}/${outputs.masterKey ?? outputs.prefix}`],
    ['version', `s3://${published.bucket}/${outputs.prefix}`],
    ['console', published.console],
  ]);
  return `\n${renditionsTable(outputs.renditions)}\n\n${stagesTable(steps)}\n\n${places}`;
}
