import { type Drop, type JobTimes, openDrop } from './open-drop.ts';
import { type MinuteLoad, type PartitionPeak, sumOf } from './request-meter.ts';

/** How a single upload of another tenant fared, in seconds. */
export interface SingleUpload {
  /** Jobs of the drop that waited in line when it came, and events that were not handled yet. */
  readonly waitingBefore: number;
  readonly eventsBefore: number;
  /** From its S3 event until its record existed, and from there until it stood in line. */
  readonly recordedAfter: number;
  readonly inLineAfter: number;
  /** From then until a place was free, and until its launch. */
  readonly placeFreedAfter: number;
  readonly launchedAfter: number;
  /** Places that went to others while it stood in line. */
  readonly placesOfOthers: number;
}

export interface DropReport {
  /** Of the drop and of other tenants. */
  readonly uploads: number;
  readonly succeeded: number;
  /** Uploads without a job, and jobs that did not succeed. */
  readonly lost: number;
  readonly deadLetters: number;
  readonly tasks: number;
  readonly maxConcurrentTasks: number;
  readonly peakPlaces: number;
  readonly delayedMessages: number;
  /** Requests to ECS, such as RunTask. */
  readonly ecsRequests: number;
  /** From the first event until every job was launched or in line. */
  readonly admittedSeconds: number;
  readonly endedSeconds: number;
  /** From the launch to the end of a job. */
  readonly longestJobSeconds: number;
  /** DynamoDB requests. */
  readonly minutes: readonly MinuteLoad[];
  readonly partitionPeaks: readonly PartitionPeak[];
  /** DynamoDB requests of each sweep. */
  readonly sweeps: readonly number[];
  readonly singles: readonly SingleUpload[];
}

export interface DropOptions {
  readonly uploads: number;
  readonly maxConcurrentTasks: number;
  /** How long ECS has no capacity, from the start. */
  readonly outageMinutes?: number;
}

/** Of the jobs of the drop, the shares that are over when an upload of another tenant comes. */
const singlesAtShares = [0, 0.1, 0.5];
/** A drop that never ends is a fault: jobs take some two minutes each. */
const maxSecondsPerJob = 600;

/**
 * Sends the S3 events of `uploads` files of one tenant at once, and single ones of other tenants meanwhile, through the real
 * poller, invoker and worker, whose stages encode nothing.
 */
export async function simulateDrop({
  uploads,
  maxConcurrentTasks,
  outageMinutes = 0,
}: DropOptions): Promise<DropReport> {
  const drop = openDrop({ maxConcurrentTasks, rates: { noCapacity: outageMinutes > 0 ? 1 : 0 } });
  drop.time.after(outageMinutes * 60_000, drop.faults.stop);
  const startAt = drop.time.now();
  const endLimit =
    startAt + 60_000 * outageMinutes + 1_000 * maxSecondsPerJob * (1 + uploads / maxConcurrentTasks);
  for (let number = 0; number < uploads; number += 1) drop.upload(`library/${number}.mov`);
  const singles: (Pick<SingleUpload, 'waitingBefore' | 'eventsBefore'> & { times: JobTimes })[] = [];
  await drop.time.run(() => {
    if (drop.ended() >= (singlesAtShares[singles.length] ?? Number.POSITIVE_INFINITY) * uploads) {
      const eventsBefore = drop.pipeline.uploads.waiting().length;
      const waitingBefore = drop.waiting();
      singles.push({
        eventsBefore,
        waitingBefore,
        times: drop.upload(`visitor ${singles.length + 1}/1.mov`),
      });
    }
    return drop.time.now() > endLimit || isOver(drop);
  });

  const jobs = [...drop.jobs.values()];
  const { pipeline, meter } = drop;
  const succeeded = jobs.filter(({ status }) => status === 'succeeded').length;
  const secondsUntil = (of: (job: JobTimes) => number | undefined) =>
    (Math.max(...jobs.map((job) => of(job) ?? Number.POSITIVE_INFINITY)) - startAt) / 1_000;
  return {
    uploads: jobs.length,
    succeeded,
    lost: jobs.length - succeeded,
    deadLetters: pipeline.uploads.deadLetters().length + pipeline.control.deadLetters().length,
    tasks: pipeline.tasks.all().length,
    maxConcurrentTasks,
    peakPlaces: drop.peakPlaces(),
    delayedMessages: meter.delayedMessages(),
    ecsRequests: sumOf(meter.counts(), 'ecs'),
    admittedSeconds: secondsUntil(({ jobId, inLineAt, launchedAt }) =>
      singles.some(({ times }) => times.jobId === jobId) ? startAt : (inLineAt ?? launchedAt),
    ),
    endedSeconds: secondsUntil(({ endedAt }) => endedAt),
    longestJobSeconds: Math.max(...jobs.map(secondsOfJob)),
    minutes: meter.minutes(),
    partitionPeaks: meter.partitionPeaks(),
    sweeps: meter.sweeps(),
    singles: singles.map(({ times, ...before }) => ({ ...before, ...describeSingle(drop, times) })),
  };
}

function isOver(drop: Drop): boolean {
  if (drop.ended() < drop.jobs.size) return false;
  const { uploads, control, tasks } = drop.pipeline;
  const messages = [...uploads.waiting(), ...control.waiting()];
  return (
    messages.every((body) => body.includes('sweep-requested')) &&
    tasks.all().every(({ status }) => status === 'STOPPED')
  );
}

function secondsOfJob({ launchedAt = 0, endedAt = Number.POSITIVE_INFINITY }: JobTimes): number {
  return (endedAt - launchedAt) / 1_000;
}

function describeSingle(
  { jobs, grants }: Drop,
  { jobId, notifiedAt, recordedAt, inLineAt, placesWereTaken, launchedAt }: JobTimes,
): Omit<SingleUpload, 'waitingBefore' | 'eventsBefore'> {
  const never = Number.POSITIVE_INFINITY;
  const start = inLineAt ?? launchedAt ?? never;
  const ends = [...jobs.values()].map(({ endedAt = never }) => endedAt).filter((at) => at >= start);
  const grantIndex = grants.findIndex((grant) => grant.jobId === jobId);
  return {
    recordedAfter: ((recordedAt ?? never) - notifiedAt) / 1_000,
    inLineAfter: (start - (recordedAt ?? never)) / 1_000,
    placeFreedAfter: placesWereTaken ? (Math.min(...ends) - start) / 1_000 : 0,
    launchedAfter: ((launchedAt ?? never) - start) / 1_000,
    placesOfOthers: grants.slice(0, grantIndex).filter(({ at }) => at > start).length,
  };
}
