import type { ObjectAddress } from '@fyrestream/cloud';
import {
  type JobEvent,
  type JobRecord,
  jobIdOf,
  launchesOf,
  type OutputRecord,
  outputPrefix,
  type StableFileName,
  stableFileNames,
  stableKey,
  type UnitRecord,
  type Upload,
  versionPrefix,
  versionsPrefix,
  workPrefix,
} from '@fyrestream/events';
import type { PublicationSighting } from '../violations/observations.ts';
import { readOutputVersion } from '../violations/output-version.ts';
import type { Violation } from '../violations/violation.ts';
import { createPlaceCounter } from './count-places.ts';
import type { SimulationObserver } from './create-simulated-pipeline.ts';
import type { Crowd } from './draw-crowd.ts';
import { findScheduleViolations } from './find-schedule-violations.ts';
import { isQuiet } from './is-quiet.ts';
import { observeLine } from './observe-line.ts';
import { type ScheduleRecord, statusChange } from './schedule-record.ts';
import type { StoredObject } from './services/create-simulated-buckets.ts';
import type { Item } from './services/evaluate-expression.ts';
import { additionalWorkerPrefix, outputBucket, type SimulatedPipeline } from './simulated-pipeline.ts';
import type { UploadContent } from './upload-content.ts';
import type { UploadRecord } from './upload-record.ts';

/**
 * Records what happens in a schedule and checks what must hold: some rules at once, most of them when all is quiet.
 * It only observes; nothing in the pipeline depends on it.
 */
export interface InvariantChecker extends SimulationObserver {
  readonly violations: Violation[];
  onUpload(upload: Upload, content: UploadContent, isNotified: boolean): void;
  /** A user cancelled or retried the job. */
  onUserAction(jobId: string): void;
  /** Calls back with the key when a job begins to publish: the worst moment for a newer upload. */
  onPublicationStart(callback: (key: string) => void): void;
  jobIds(): string[];
  heldJobIds(): string[];
  isQuiet(pipeline: SimulatedPipeline): boolean;
  checkAll(pipeline: SimulatedPipeline): void;
}

/** @param now of the simulation, in milliseconds @param crowd whose launches are checked for fairness, unless faults delay them */
export function createInvariantChecker(now: () => number, crowd: Crowd | null): InvariantChecker {
  const places = createPlaceCounter();
  const line = observeLine(now);
  const isFairnessChecked = crowd !== null && crowd.rates !== null;
  const uploads: UploadRecord[] = [];
  const jobs = new Map<string, JobRecord>();
  const outputs = new Map<string, OutputRecord>();
  const statusChanges = new Set<string>();
  const events: JobEvent[] = [];
  const sightings: PublicationSighting[] = [];
  const outputKeys = new Set<string>();
  const expiredJobIds = new Set<string>();
  const userControlledJobIds = new Set<string>();
  const startedTasks = new Set<string>();
  const units = new Map<string, UnitRecord>();
  const violations: Violation[] = [];
  /** The process that wrote each object. */
  const writers = new Map<string, string>();
  /** The folder of the version that each stable file names. */
  const namedPrefixes = new Map<string, string>();
  let publicationStarts = (_key: string) => {};
  const record: ScheduleRecord = {
    ...{ uploads, jobs, outputs, statusChanges, events, sightings },
    ...{
      outputKeys,
      expiredJobIds,
      userControlledJobIds,
      startedTasks,
      units,
      peakPlaces: places.peak,
      findUnfair: (maxConcurrentTasks: number) =>
        isFairnessChecked ? line.findUnfair(maxConcurrentTasks) : [],
    },
  };

  const findStableFile = (key: string): Pick<PublicationSighting, 'key' | 'fileName'> | undefined => {
    const fileName = stableFileNames.find((name) => isStableName(key, name));
    const upload = uploads.find((known) => fileName && stableKey(known.upload.key, fileName) === key)?.upload;
    return fileName && upload && { key: upload.key, fileName };
  };
  const onStablePut = (key: string, file: Pick<PublicationSighting, 'key' | 'fileName'>, body: string) => {
    const named = readOutputVersion(body);
    if (named === null) return;
    sightings.push({ ...file, ...named });
    namedPrefixes.set(key, versionPrefix(named.jobId, named.token));
    const certificateKey = `${versionPrefix(named.jobId, named.token)}certificate.json`;
    if (!writers.has(certificateKey)) {
      violations.push({ kind: 'mixed', message: `${key} names a version that is not complete` });
    }
  };
  const onOutputPut = (key: string, writer: string) => {
    const known = writers.get(key) ?? writer;
    if (known !== writer) {
      violations.push({ kind: 'doubled', message: `${known} and ${writer} both wrote ${key}` });
    }
    writers.set(key, known);
    outputKeys.add(key);
    if (!key.startsWith(workPrefix) && !key.startsWith(versionsPrefix)) {
      violations.push({
        kind: 'wrong',
        message: `${key} is no stable file of an upload, no version and no work`,
      });
    }
  };
  const onJob = (job: JobRecord) => {
    const before = jobs.get(job.jobId);
    if (before?.status !== job.status) statusChanges.add(statusChange(job.jobId, job.status, job.updatedAt));
    if (before !== undefined && !before.publication && job.publication) publicationStarts(job.upload.key);
    jobs.set(job.jobId, job);
    for (const { taskArn } of launchesOf(job)) if (taskArn !== null) startedTasks.add(taskArn);
    places.onJob(job);
    if (isFairnessChecked) line.onJob(job);
  };

  return {
    violations,
    onItem(item: Item) {
      if (item.sk === 'job') onJob(item as unknown as JobRecord);
      if (item.sk === 'output') outputs.set(String(item.sourceKey), item as unknown as OutputRecord);
      if (String(item.sk).startsWith('unit#')) {
        units.set(`${item.jobId} ${item.unitId}`, item as unknown as UnitRecord);
      }
    },
    onPut({ bucket, key }: ObjectAddress, { body, writer }: StoredObject) {
      if (bucket !== outputBucket) return;
      if (writer.startsWith(additionalWorkerPrefix) && !key.startsWith(workPrefix)) {
        violations.push({ kind: 'wrong', message: `${writer}, which only encodes, wrote ${key}` });
      }
      const file = findStableFile(key);
      if (file) onStablePut(key, file, body);
      else onOutputPut(key, writer);
    },
    onRemove(key) {
      outputKeys.delete(key);
      const removed = key.startsWith(versionsPrefix) ? readOutputVersion(key) : null;
      if (removed !== null) expiredJobIds.add(removed.jobId);
      const user = [...namedPrefixes].find(([, prefix]) => key.startsWith(prefix));
      if (user) violations.push({ kind: 'mixed', message: `${key} was removed, but ${user[0]} names it` });
    },
    onEvent: (event) => void events.push(event),
    onUpload: (upload, content, isNotified) =>
      void uploads.push({ upload, content, isNotified, jobId: jobIdOf(upload) }),
    onUserAction: (jobId) => void userControlledJobIds.add(jobId),
    onPublicationStart(callback) {
      publicationStarts = callback;
    },
    jobIds: () => [...jobs.keys()],
    heldJobIds: () => [...jobs.values()].filter(({ status }) => status === 'held').map(({ jobId }) => jobId),
    isQuiet: (pipeline) => isQuiet(record, pipeline),
    checkAll: (pipeline) => void violations.push(...findScheduleViolations(record, pipeline)),
  };
}

function isStableName(key: string, name: StableFileName): boolean {
  return key.startsWith(outputPrefix) && key.endsWith(`/${name}`);
}
