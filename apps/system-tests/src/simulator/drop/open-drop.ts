import {
  isActive,
  type JobRecord,
  jobIdOf,
  launchesOf,
  type Upload,
  waitsForPlace,
} from '@fyrestream/events';
import { noOverrides } from '../component-overrides.ts';
import { createFaults, type Faults } from '../create-faults.ts';
import { createRandom, type Random } from '../create-random.ts';
import { createSimulatedPipeline } from '../create-simulated-pipeline.ts';
import { createVirtualTime, type VirtualTime } from '../create-virtual-time.ts';
import type { FaultRates } from '../fault-rates.ts';
import { createS3Notification } from '../services/create-s3-notification.ts';
import type { Item } from '../services/evaluate-expression.ts';
import { type SimulatedPipeline, sourceBucket } from '../simulated-pipeline.ts';
import type { Simulation } from '../simulation.ts';
import { createRequestMeter, type RequestMeter } from './request-meter.ts';

/** When a job came to each step, in milliseconds since 1970. */
export interface JobTimes {
  readonly jobId: string;
  readonly notifiedAt: number;
  recordedAt?: number;
  /** When its record first said that it waits in line. */
  inLineAt?: number;
  /** Whether no place was free then. */
  placesWereTaken?: boolean;
  launchedAt?: number;
  endedAt?: number;
  status?: JobRecord['status'];
}

export interface Drop {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly pipeline: SimulatedPipeline;
  readonly meter: RequestMeter;
  readonly jobs: ReadonlyMap<string, JobTimes>;
  /** The jobs that were given a place, in their order. */
  readonly grants: readonly { readonly jobId: string; readonly at: number }[];
  /** Jobs that wait in line. */
  waiting(): number;
  /** Jobs that were launched or came into line, among them those that are over. */
  admitted(): number;
  /** Jobs that are over. */
  ended(): number;
  /** The most launches at a time that hold a place. */
  peakPlaces(): number;
  /** Stores an object and sends its S3 event. @returns its job */
  upload(path: string): JobTimes;
}

export interface DropSettings {
  readonly maxConcurrentTasks: number;
  readonly rates?: Partial<FaultRates>;
  readonly seed?: number;
}

const startAt = Date.UTC(2026, 0, 1);
/** The default of a stack. */
const pollerConcurrency = 2;
/**
 * DynamoDB answers within single-digit milliseconds, however much is asked of it.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Introduction.html
 */
const maxLatencyOf = (label: string) => (label.startsWith('dynamodb ') ? 10 : 31);
/** Every job has one video unit, and its stages take as long as they may: about a minute and a half. */
const equalMedia: Random = {
  next: () => 1,
  chance: () => false,
  between: (from) => from,
  pick: (items) => items[0] as (typeof items)[number],
};

/** The simulated pipeline with no upload yet, and with what is measured. Nothing fails unless `rates` says so. */
export function openDrop({ maxConcurrentTasks, rates = {}, seed = 1 }: DropSettings): Drop {
  const random = createRandom(seed);
  const time = createVirtualTime(startAt);
  const meter = createRequestMeter(time.now);
  const faults = createFaults(random, rates);
  const simulation: Simulation = {
    ...{ time, random, faults, maxLatencyOf, onCall: meter.onCall },
    trace: () => {},
  };
  const jobs = new Map<string, JobTimes>();
  const grants: { jobId: string; at: number }[] = [];
  const waiting = new Set<string>();
  const places = new Map<string, number>();
  let admitted = 0;
  let ended = 0;
  let peakPlaces = 0;
  let sequence = 0x0055aed6dc;

  const onJob = (job: JobRecord) => {
    const times = jobs.get(job.jobId);
    if (times === undefined) return;
    const now = time.now();
    times.status = job.status;
    times.recordedAt ??= now;
    if (waitsForPlace(job)) waiting.add(job.jobId);
    else waiting.delete(job.jobId);
    const wasAdmitted = (times.inLineAt ?? times.launchedAt) !== undefined;
    if (waitsForPlace(job) && times.inLineAt === undefined) {
      times.inLineAt = now;
      times.placesWereTaken = places.size >= maxConcurrentTasks;
    }
    if (job.launch !== null) times.launchedAt ??= now;
    if (!wasAdmitted && (times.inLineAt ?? times.launchedAt) !== undefined) admitted += 1;
    if (!isActive(job) && times.endedAt === undefined) {
      times.endedAt = now;
      ended += 1;
    }
    places.set(job.jobId, launchesOf(job).length);
    if (launchesOf(job).length === 0) places.delete(job.jobId);
    peakPlaces = Math.max(peakPlaces, places.size);
  };
  const onItem = (item: Item) => {
    if (item.sk === 'job') onJob(item as unknown as JobRecord);
    if (item.sk !== 'turn') return;
    const grant = (item.grants as { jobId: string }[]).at(-1);
    if (grant !== undefined) grants.push({ jobId: grant.jobId, at: time.now() });
  };
  const observer = {
    ...{ onItem, onPut: () => {}, onRemove: () => {}, onEvent: () => {} },
    onConsumed: meter.onConsumed,
  };
  const pipeline = createSimulatedPipeline(simulation, noOverrides, observer, {
    maxConcurrentTasks,
    maxWorkersPerJob: 1,
    eventSource: { maxConcurrency: pollerConcurrency, oldestFirst: true },
    mediaRandom: equalMedia,
  });

  return {
    ...{ time, faults, pipeline, meter, jobs, grants },
    waiting: () => waiting.size,
    admitted: () => admitted,
    ended: () => ended,
    peakPlaces: () => peakPlaces,
    upload(path) {
      const key = `videos/${path}`;
      sequence += 1;
      const object = pipeline.buckets.put({ bucket: sourceBucket, key }, 'valid', 'user');
      const at = new Date(time.now()).toISOString();
      const sequencer = sequence.toString(16).padStart(16, '0');
      const { versionId, etag, sizeBytes } = object;
      const address = { bucket: sourceBucket, key };
      const upload: Upload = { ...address, versionId, etag, sizeBytes, sequencer, uploadedAt: at };
      const times: JobTimes = { jobId: jobIdOf(upload), notifiedAt: time.now() };
      jobs.set(times.jobId, times);
      pipeline.uploads.send(createS3Notification(address, { ...object, sequencer, at }));
      return times;
    },
  };
}
