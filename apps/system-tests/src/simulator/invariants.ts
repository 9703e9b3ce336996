import type { ObjectAddress } from '@fyrestream/cloud';
import {
  type JobEvent,
  type JobRecord,
  jobIdOf,
  type OutputRecord,
  outputPrefix,
  stableFileNames,
  type Upload,
  versionPath,
  versionPrefix,
  workPrefix,
} from '@fyrestream/events';
import { outputBucket, type World } from './create-world.ts';
import { isQuiet, judge, type KnownUpload, type Observations } from './judge.ts';
import type { Item } from './services/evaluate-expression.ts';
import type { StoredObject } from './services/simulated-buckets.ts';
import type { Content } from './simulated-media.ts';
import type { CheckInvariant, Violation } from './violation.ts';

/**
 * What must be true of every schedule. Some of it is checked as it happens, most of it when all is quiet.
 * It watches from outside: it reads what the services hold, and decides nothing.
 */
export interface Invariants {
  readonly violations: Violation[];
  onItem(item: Item): void;
  onPut(address: ObjectAddress, object: StoredObject): void;
  onRemove(key: string): void;
  onAnnounced(event: JobEvent): void;
  onUpload(upload: Upload, content: Content, isNotified: boolean): void;
  /** Somebody cancelled or retried the job, so that its end is open. */
  onIntervention(jobId: string): void;
  /** Calls back when a job begins to publish: the worst moment for a newer upload. */
  watchPublications(callBack: (key: string) => void): void;
  jobIds(): string[];
  heldJobs(): string[];
  isQuiet(world: World): boolean;
  judge(world: World): void;
}

export function createInvariants(): Invariants {
  const uploads: KnownUpload[] = [];
  const jobs = new Map<string, JobRecord>();
  const outputs = new Map<string, OutputRecord>();
  const writers = new Map<string, string>();
  const named = new Map<string, { jobId: string; version: string }>();
  const tokens = new Map<string, string>();
  const changes = new Set<string>();
  const announced = new Set<string>();
  const intervened = new Set<string>();
  const violations: Violation[] = [];
  let onPublication = (_key: string) => {};
  const observations: Observations = { uploads, jobs, outputs, changes, announced, intervened };
  const check: CheckInvariant = (holds, kind, otherwise) => {
    if (!holds) violations.push({ kind, what: otherwise() });
  };
  const ageOf = (jobId: string) => uploads.findIndex((known) => known.jobId === jobId);

  const checkStable = (key: string, body: string) => {
    const [, jobId = '', token = ''] = /([a-z2-7]{26})\/(\d+)\//.exec(body) ?? [];
    if (jobId === '') return;
    const before = named.get(key);
    check(
      before === undefined || ageOf(before.jobId) <= ageOf(jobId),
      'mixed',
      () => `${key}: older overtook newer`,
    );
    const known = tokens.get(jobId) ?? token;
    check(known === token, 'doubled', () => `${key} names token ${token} of ${jobId}, published as ${known}`);
    tokens.set(jobId, known);
    named.set(key, { jobId, version: versionPath(jobId, Number(token)) });
    const upload = uploads.find((candidate) => candidate.jobId === jobId)?.upload;
    const prefix = versionPrefix(upload?.key ?? '', jobId, Number(token));
    check(
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
      check(known === writer, 'doubled', () => `${known} and ${writer} both wrote ${key}`);
      writers.set(key, known);
      check(
        key.startsWith(workPrefix) || key.startsWith(outputPrefix),
        'wrong',
        () => `a stray object: ${key}`,
      );
    },
    onRemove(key) {
      const inUse = [...named].find(([, { version }]) => key.includes(`/${version}`));
      check(inUse === undefined, 'mixed', () => `${key} was removed, ${inUse?.[0]} names it`);
    },
    onAnnounced: (event) => void announced.add(`${event.jobId} ${event.status} at ${event.at}`),
    onUpload: (upload, content, isNotified) =>
      void uploads.push({ upload, content, isNotified, jobId: jobIdOf(upload) }),
    onIntervention: (jobId) => void intervened.add(jobId),
    watchPublications(callBack) {
      onPublication = callBack;
    },
    jobIds: () => [...jobs.keys()],
    heldJobs: () => [...jobs.values()].filter(({ status }) => status === 'held').map(({ jobId }) => jobId),
    isQuiet: (world) => isQuiet(observations, world),
    judge: (world) => judge(observations, world, check),
  };
}

function isStableName(key: string, name: string): boolean {
  return key.endsWith(`/${name}`) && !/\/[a-z2-7]{26}\/\d+\//.test(key);
}
