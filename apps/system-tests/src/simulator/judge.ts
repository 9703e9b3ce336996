import {
  isTerminal,
  type JobRecord,
  maxFailures,
  type OutputRecord,
  type stableFileNames,
  stableKey,
  type Upload,
  versionPath,
  versionPrefix,
} from '@fyrestream/events';
import { outputBucket, sourceBucket, type World } from './create-world.ts';
import type { Task } from './services/simulated-tasks.ts';
import type { Content } from './simulated-media.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { CheckInvariant } from './violation.ts';

export interface KnownUpload {
  readonly upload: Upload;
  readonly jobId: string;
  readonly content: Content;
  /** Whether S3 told of it. */
  readonly isNotified: boolean;
}

/** What was seen of a schedule from outside. */
export interface Observations {
  /** In the order in which they were sent. */
  readonly uploads: readonly KnownUpload[];
  readonly jobs: ReadonlyMap<string, JobRecord>;
  readonly outputs: ReadonlyMap<string, OutputRecord>;
  /** Every change of a status, and every announcement, in the same words. */
  readonly changes: ReadonlySet<string>;
  readonly announced: ReadonlySet<string>;
  /** Jobs that somebody cancelled or retried. */
  readonly intervened: ReadonlySet<string>;
}

/** Whether nothing more will happen by itself. */
export function isQuiet({ uploads, jobs, outputs }: Observations, world: World): boolean {
  return (
    uploads.every((known) => jobs.has(known.jobId) || !isAccepted(world, known)) &&
    [...jobs.values()].every((job) => isTerminal(job) && job.owed.length === 0) &&
    [...outputs.values()].every((output) => output.supersededJobIds.length === 0) &&
    world.uploads.waiting().length === 0 &&
    world.control.waiting().every(isSweep) &&
    atWork(world).length === 0
  );
}

/** Checks the guarantee when all is quiet, or should be. */
export function judge(observations: Observations, world: World, check: CheckInvariant): void {
  const { uploads, jobs, changes, announced } = observations;
  for (const known of uploads) {
    const job = jobs.get(known.jobId);
    if (job === undefined) check(!isAccepted(world, known), 'lost', () => `${describe(known)}`);
    else judgeJob(observations, job, known, world, check);
  }
  for (const key of new Set(uploads.map(({ upload }) => upload.key)))
    judgeOutput(observations, key, world, check);
  for (const change of changes) check(announced.has(change), 'untold', () => `${change} was not announced`);
  const looping = [...world.uploads.waiting(), ...world.control.waiting()].filter((body) => !isSweep(body));
  check(looping.length === 0, 'stuck', () => `messages come again and again: ${looping.join(' ')}`);
  for (const { name } of atWork(world)) check(false, 'stuck', () => `${name} works for ever`);
  const launches = world.tasks.all().map(({ request }) => JSON.stringify(request));
  const doubled = launches.filter((launch, index) => launches.indexOf(launch) !== index);
  check(doubled.length === 0, 'doubled', () => `two tasks for one launch: ${doubled[0]}`);
}

function judgeJob(
  { uploads, intervened }: Observations,
  job: JobRecord,
  known: KnownUpload,
  world: World,
  check: CheckInvariant,
): void {
  const is = `${describe(known)} is ${job.status} (${job.reason?.code})`;
  check(isTerminal(job), 'stuck', () => `${is}, attempt ${job.attempt}`);
  check(job.owed.length === 0, 'untold', () => `${is} and owes an announcement`);
  if (!isTerminal(job) || intervened.has(job.jobId)) return;
  const isSuperseded = job.status === 'cancelled' && job.reason?.code === 'superseded';
  if (isSuperseded) {
    const newer = uploads.some(
      ({ upload }, age) => upload.key === known.upload.key && age > uploads.indexOf(known),
    );
    check(newer, 'wrong', () => `${is}, but nothing is newer`);
    return;
  }
  const failed = world.tasks.all().filter((task) => task.startedBy === job.jobId && isToBlame(task));
  const failedAttempts = new Set(failed.map(({ request }) => request.attempt)).size;
  // A task is enlarged once, and that is that.
  const allowed = ['out-of-memory', 'disk-full'].includes(job.reason?.code ?? '') ? 2 : maxFailures;
  const expected = known.content === 'poison' || known.content === 'empty' ? 'failed' : 'succeeded';
  const wasUnlucky = known.content === 'stubborn' || failedAttempts >= allowed;
  check(job.status === expected || (job.status === 'failed' && wasUnlucky), 'wrong', () => `${is}`);
}

function judgeOutput(
  { uploads, jobs, outputs }: Observations,
  key: string,
  world: World,
  check: CheckInvariant,
): void {
  const find = (name: (typeof stableFileNames)[number]) =>
    world.buckets.find({ bucket: outputBucket, key: stableKey(key, name) })?.body;
  const winner = uploads.findLast(
    ({ upload, jobId }) => upload.key === key && jobs.get(jobId)?.status === 'succeeded',
  );
  if (winner === undefined) {
    check(find('master.m3u8') === undefined, 'mixed', () => `${key} is published although no job succeeded`);
    return;
  }
  const token = jobs.get(winner.jobId)?.publication?.token ?? 0;
  const path = versionPath(winner.jobId, token);
  check(
    outputs.get(key)?.published?.jobId === winner.jobId,
    'mixed',
    () => `${key}: the ledger names another job`,
  );
  for (const name of ['master.m3u8', 'manifest.mpd'] as const) {
    check(find(name)?.includes(path) === true, 'mixed', () => `${key}: ${name} does not name ${path}`);
  }
  const poster = find('poster.jpg') ?? '';
  check(
    poster.includes(path) && poster.includes(`picture of ${winner.upload.etag}`),
    'mixed',
    () => `${key}: the poster is of another version`,
  );
  const certificateKey = `${versionPrefix(key, winner.jobId, token)}certificate.json`;
  const certificate = world.buckets.find({ bucket: outputBucket, key: certificateKey });
  check(certificate !== undefined, 'mixed', () => `${key}: files of its version ${path} are gone`);
}

/** What S3 told of, or what stands in the bucket. Of a dead letter the operator is told, until it is redriven. */
function isAccepted(world: World, { upload, isNotified }: KnownUpload): boolean {
  const isDead = world.uploads.deadLetters().some((body) => body.includes(`"${upload.versionId}"`));
  return isCurrent(world, upload) || (isNotified && !isDead);
}

function isCurrent(world: World, upload: Upload): boolean {
  return world.buckets.find({ bucket: sourceBucket, key: upload.key })?.versionId === upload.versionId;
}

/** Workers that are not done. One that hangs after its job is over costs money, but harms no upload. */
function atWork(world: World): SimulatedProcess[] {
  return [...world.living].filter((process) => process.name.startsWith('worker') && !process.isHung());
}

function isSweep(body: string): boolean {
  return body.includes('sweep-requested');
}

/** Whether a task may be charged to its job. What hangs may have hung after it had said that it failed. */
function isToBlame({ hasFailed, containers }: Task): boolean {
  return hasFailed || containers.some((container) => container.isHung());
}

function describe({ upload, content, jobId }: KnownUpload): string {
  return `${upload.key} (${content}, job ${jobId})`;
}
