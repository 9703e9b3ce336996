import { setTimeout as sleep } from 'node:timers/promises';
import {
  FyrestreamError,
  type JobOutputs,
  type JobRecord,
  jobIdSchema,
  jobStatusSchema,
  uploadPath,
} from '@fyrestream/events';
import { lastChangedJobs, type Stack } from '@fyrestream/operations';
import { commandLine } from '../command-line.ts';

/** An id is printed before its job exists: the event of the upload takes a moment. Other names may be typing errors. */
const appearsWithinSeconds = { id: 10, name: 4 };
const pollSeconds = 0.4;
/** The jobs that changed last are searched for a name or a short id. */
const searchedJobs = 1_000;
/** How help describes the argument of `findJob`. */
export const jobArgument =
  'its id, at least the first 4 characters of its id, the name of its file, or latest';
const shortId = /^[a-z2-7]{4,25}$/;

/**
 * Finds a job by what a user typed: its id, the first 4 or more characters of its id, the path or name of its file (the
 * newest job of it), or `latest`. Waits a moment for a job that does not exist yet.
 * @throws FyrestreamError `job-not-found`, `job-ambiguous`
 */
export async function findJob({ ledger }: Pick<Stack, 'ledger'>, typed: string): Promise<JobRecord> {
  const job = jobIdSchema.safeParse(typed).success
    ? await waitFor(() => ledger.readJob(typed), appearsWithinSeconds.id)
    : await waitFor(
        async () => selectJob(await lastChangedJobs(ledger, jobStatusSchema.options, searchedJobs), typed),
        appearsWithinSeconds.name,
      );
  if (job !== null) return job;
  throw new FyrestreamError({
    code: 'job-not-found',
    message: `There is no job ${typed}: type an id, at least 4 of its first characters, the name of an uploaded file, or latest. \`${commandLine('jobs')}\` lists them.`,
    retryable: false,
  });
}

async function waitFor(find: () => Promise<JobRecord | null>, maxSeconds: number): Promise<JobRecord | null> {
  for (let seconds = 0; seconds < maxSeconds; seconds += pollSeconds) {
    const job = await find();
    if (job !== null) return job;
    await sleep(pollSeconds * 1_000);
  }
  return null;
}

/**
 * The job that a name, a short id or `latest` stands for; null if there is none.
 * @throws FyrestreamError `job-ambiguous`
 */
export function selectJob(jobs: readonly JobRecord[], typed: string): JobRecord | null {
  const newestFirst = jobs.toSorted((left, right) => right.createdAt.localeCompare(left.createdAt));
  if (typed === 'latest') return newestFirst[0] ?? null;
  const named = newestFirst.find(({ upload: { key } }) => isNameOf(key, typed));
  if (named !== undefined || !shortId.test(typed)) return named ?? null;
  const [first, ...others] = newestFirst.filter(({ jobId }) => jobId.startsWith(typed));
  if (others.length === 0) return first ?? null;
  throw new FyrestreamError({
    code: 'job-ambiguous',
    message: `${others.length + 1} job ids begin with ${typed}: type more characters.`,
    retryable: false,
  });
}

function isNameOf(key: string, typed: string): boolean {
  const path = uploadPath(key);
  return typed === key || typed === path || typed === path.slice(path.lastIndexOf('/') + 1);
}

/** @throws FyrestreamError `nothing-published` */
export function outputsOf(job: JobRecord): JobOutputs {
  if (job.outputs !== null) return job.outputs;
  throw new FyrestreamError({
    code: 'nothing-published',
    message: `Job ${job.jobId} is ${job.status} and has published nothing.`,
    retryable: false,
  });
}
