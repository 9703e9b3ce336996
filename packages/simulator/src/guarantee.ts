import type { ObjectAddress } from '@fyrestream/cloud';
import {
  failuresAllowed,
  isTerminal,
  type JobEvent,
  type JobRecord,
  jobIdOf,
  type OutputRecord,
  outputPrefix,
  stableFileNames,
  stableKey,
  type Upload,
  versionPath,
  versionPrefix,
  workPrefix,
} from '@fyrestream/events';
import { outputBucket, sourceBucket, type World } from './create-world.ts';
import type { Item } from './services/evaluate-expression.ts';
import type { StoredObject } from './services/simulated-buckets.ts';
import type { Task } from './services/simulated-tasks.ts';
import type { Content } from './simulated-media.ts';
import type { SimulatedProcess } from './simulated-process.ts';

interface KnownUpload {
  readonly upload: Upload;
  readonly jobId: string;
  readonly content: Content;
  /** Whether S3 told of it. */
  readonly isNotified: boolean;
}

/** The ways in which the guarantee can be broken. */
export const violationKinds = ['lost', 'doubled', 'stuck', 'mixed', 'untold', 'wrong'] as const;
export type ViolationKind = (typeof violationKinds)[number];

export interface Violation {
  readonly kind: ViolationKind;
  readonly what: string;
}

/**
 * What must be true of every schedule. Some of it is checked as it happens, most of it when all is quiet.
 * It watches from outside: it reads what the services hold, and decides nothing.
 */
export interface Guarantee {
  readonly violations: Violation[];
  onItem(item: Item): void;
  onPut(address: ObjectAddress, object: StoredObject): void;
  onAnnounced(event: JobEvent): void;
  onUpload(upload: Upload, content: Content, isNotified: boolean): void;
  /** Somebody cancelled or retried the job, so that its end is open. */
  onMeddling(jobId: string): void;
  /** Calls back when a job begins to publish: the worst moment for a newer upload. */
  watchPublications(callBack: (key: string) => void): void;
  jobIds(): string[];
  heldJobs(): string[];
  isQuiet(world: World): boolean;
  judge(world: World): void;
}

export function createGuarantee(): Guarantee {
  const uploads: KnownUpload[] = [];
  const jobs = new Map<string, JobRecord>();
  const outputs = new Map<string, OutputRecord>();
  const writers = new Map<string, string>();
  const named = new Map<string, { jobId: string; version: string }>();
  const tokens = new Map<string, string>();
  const changes = new Set<string>();
  const announced = new Set<string>();
  const meddledWith = new Set<string>();
  const violations: Violation[] = [];
  let onPublication = (_key: string) => {};
  const demand = (holds: boolean, kind: ViolationKind, otherwise: () => string) => {
    if (!holds) violations.push({ kind, what: otherwise() });
  };
  const ageOf = (jobId: string) => uploads.findIndex((known) => known.jobId === jobId);

  const checkStable = (key: string, body: string) => {
    const [, jobId = '', token = ''] = /([a-z2-7]{26})\/(\d+)\//.exec(body) ?? [];
    if (jobId === '') return;
    const before = named.get(key);
    demand(
      before === undefined || ageOf(before.jobId) <= ageOf(jobId),
      'mixed',
      () => `${key}: older overtook newer`,
    );
    const known = tokens.get(jobId) ?? token;
    demand(
      known === token,
      'doubled',
      () => `${key} names token ${token} of ${jobId}, published as ${known}`,
    );
    tokens.set(jobId, known);
    named.set(key, { jobId, version: versionPath(jobId, Number(token)) });
    const upload = uploads.find((candidate) => candidate.jobId === jobId)?.upload;
    const prefix = versionPrefix(upload?.key ?? '', jobId, Number(token));
    demand(
      writers.has(`${prefix}certificate.json`),
      'mixed',
      () => `${key} names a version that is not complete`,
    );
  };

  return {
    violations,
    onItem(item) {
      if (item.sk === 'job') {
        const job = item as unknown as JobRecord;
        const before = jobs.get(job.jobId)?.status;
        if (before !== job.status) changes.add(`${job.jobId} ${job.status} at ${job.updatedAt}`);
        if (before !== undefined && !jobs.get(job.jobId)?.publication && job.publication)
          onPublication(job.upload.key);
        jobs.set(job.jobId, job);
      }
      if (item.sk === 'output') outputs.set(String(item.sourceKey), item as unknown as OutputRecord);
    },
    onPut({ bucket, key }, { body, writer }) {
      if (bucket !== outputBucket) return;
      const isStable =
        key.startsWith(outputPrefix) && stableFileNames.some((name) => isStableName(key, name));
      if (isStable) return checkStable(key, body);
      const known = writers.get(key) ?? writer;
      demand(known === writer, 'doubled', () => `${known} and ${writer} both wrote ${key}`);
      writers.set(key, known);
      demand(
        key.startsWith(workPrefix) || key.startsWith(outputPrefix),
        'wrong',
        () => `a stray object: ${key}`,
      );
    },
    onAnnounced: (event) => void announced.add(`${event.jobId} ${event.status} at ${event.at}`),
    onUpload: (upload, content, isNotified) =>
      void uploads.push({ upload, content, isNotified, jobId: jobIdOf(upload) }),
    onMeddling: (jobId) => void meddledWith.add(jobId),
    watchPublications(callBack) {
      onPublication = callBack;
    },
    jobIds: () => [...jobs.keys()],
    heldJobs: () => [...jobs.values()].filter(({ status }) => status === 'held').map(({ jobId }) => jobId),
    isQuiet: (world) =>
      uploads.every((known) => jobs.has(known.jobId) || !isAccepted(world, known)) &&
      [...jobs.values()].every((job) => isTerminal(job) && job.owed.length === 0) &&
      [...outputs.values()].every((output) => output.supersededJobIds.length === 0) &&
      world.uploads.waiting().length === 0 &&
      world.control.waiting().every(isSweep) &&
      atWork(world).length === 0,

    judge(world) {
      for (const known of uploads) {
        const job = jobs.get(known.jobId);
        if (job === undefined) demand(!isAccepted(world, known), 'lost', () => `${describe(known)}`);
        else judgeJob(job, known, world);
      }
      for (const key of new Set(uploads.map(({ upload }) => upload.key))) judgeOutput(key, world);
      for (const change of changes)
        demand(announced.has(change), 'untold', () => `${change} was not announced`);
      const looping = [...world.uploads.waiting(), ...world.control.waiting()].filter(
        (body) => !isSweep(body),
      );
      demand(looping.length === 0, 'stuck', () => `messages come again and again: ${looping.join(' ')}`);
      for (const { name } of atWork(world)) demand(false, 'stuck', () => `${name} works for ever`);
      const launches = world.tasks.all().map(({ request }) => JSON.stringify(request));
      const doubled = launches.filter((launch, index) => launches.indexOf(launch) !== index);
      demand(doubled.length === 0, 'doubled', () => `two tasks for one launch: ${doubled[0]}`);
    },
  };

  function judgeJob(job: JobRecord, known: KnownUpload, world: World): void {
    const is = `${describe(known)} is ${job.status} (${job.reason?.code})`;
    demand(isTerminal(job), 'stuck', () => `${is}, attempt ${job.attempt}`);
    demand(job.owed.length === 0, 'untold', () => `${is} and owes an announcement`);
    if (!isTerminal(job) || meddledWith.has(job.jobId)) return;
    const isSuperseded = job.status === 'cancelled' && job.reason?.code === 'superseded';
    if (isSuperseded) {
      const newer = uploads.some(
        ({ upload }, age) => upload.key === known.upload.key && age > ageOf(job.jobId),
      );
      demand(newer, 'wrong', () => `${is}, but nothing is newer`);
      return;
    }
    const failed = world.tasks.all().filter((task) => task.startedBy === job.jobId && isToBlame(task));
    const failedAttempts = new Set(failed.map(({ request }) => request.attempt)).size;
    // Memory is enlarged once, and that is that.
    const allowed = job.reason?.code === 'out-of-memory' ? 2 : failuresAllowed;
    const expected = known.content === 'poison' || known.content === 'empty' ? 'failed' : 'succeeded';
    const wasUnlucky = known.content === 'stubborn' || failedAttempts >= allowed;
    demand(job.status === expected || (job.status === 'failed' && wasUnlucky), 'wrong', () => `${is}`);
  }

  function judgeOutput(key: string, world: World): void {
    const find = (name: (typeof stableFileNames)[number]) =>
      world.buckets.find({ bucket: outputBucket, key: stableKey(key, name) })?.body;
    const winner = uploads.findLast(
      ({ upload, jobId }) => upload.key === key && jobs.get(jobId)?.status === 'succeeded',
    );
    if (winner === undefined) {
      demand(
        find('master.m3u8') === undefined,
        'mixed',
        () => `${key} is published although no job succeeded`,
      );
      return;
    }
    const token = jobs.get(winner.jobId)?.publication?.token ?? 0;
    const path = versionPath(winner.jobId, token);
    demand(
      outputs.get(key)?.published?.jobId === winner.jobId,
      'mixed',
      () => `${key}: the ledger names another job`,
    );
    for (const name of ['master.m3u8', 'manifest.mpd'] as const) {
      demand(find(name)?.includes(path) === true, 'mixed', () => `${key}: ${name} does not name ${path}`);
    }
    const poster = find('poster.jpg') ?? '';
    demand(
      poster.includes(path) && poster.includes(`picture of ${winner.upload.etag}`),
      'mixed',
      () => `${key}: the poster is of another version`,
    );
  }
}

function isStableName(key: string, name: string): boolean {
  return key.endsWith(`/${name}`) && !/\/[a-z2-7]{26}\/\d+\//.test(key);
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
