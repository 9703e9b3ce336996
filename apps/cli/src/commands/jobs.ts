import { setTimeout as sleep } from 'node:timers/promises';
import { type JobRecord, type JobStatus, jobStatusSchema, profileNameOf, tenantOf } from '@fyrestream/events';
import { lastChangedJobs, type Stack } from '@fyrestream/operations';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { listJobProgress } from '../ledger/list-job-progress.ts';
import { drawJobs } from '../present/draw-jobs.ts';
import { formatJobs } from '../present/format-jobs.ts';
import { openStack } from '../stack/open-stack.ts';
import { retryRequest } from '../stack/retry-request.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { UsageError } from '../usage-error.ts';

interface JobsOptions extends StackOptions {
  readonly status?: JobStatus;
  readonly tenant?: string;
  readonly profile?: string;
  readonly limit: number;
  readonly watch?: true;
  readonly json?: true;
}

export function addJobsCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('jobs'))
    .description('list jobs, the last changed first')
    .addOption(new Option('--status <status>', 'only jobs with this status').choices(jobStatusSchema.options))
    .option('--tenant <name>', 'only jobs of this tenant: the first folder below videos/, or default')
    .option('--profile <name>', 'only jobs with this profile')
    .option('--limit <number>', 'max number of jobs', wholeNumber, 20)
    .option('--watch', 'keep the list up to date, unfinished jobs first, until Ctrl-C')
    .option('--json', 'one line of JSON per job; with --watch, one per change')
    .action((options: JobsOptions) => (options.watch ? watchJobs : listJobs)(options, context));
}

async function listJobs(options: JobsOptions, { terminal }: CommandContext) {
  const { ledger } = await openStack(options);
  const found = await lastChangedJobs(ledger, statusesOf(options), options.limit + 1, isWanted(options));
  const jobs = found.slice(0, options.limit);
  if (options.json) return jobs.forEach((job) => void terminal.print(JSON.stringify(job)));
  if (jobs.length === 0) return terminal.note(describeNone(options));
  const columns = terminal.outputScreen?.size().columns ?? null;
  const lines = formatJobs(await listJobProgress(ledger, jobs), { colour: terminal.colour, columns });
  terminal.print(lines.join('\n'));
  if (found.length > jobs.length)
    terminal.note(`the last ${jobs.length} jobs; --limit ${10 * options.limit} lists more`);
}

const watchMilliseconds = 1_000;

async function watchJobs(options: JobsOptions, { terminal, interrupted: signal }: CommandContext) {
  const { outputScreen: screen, colour } = terminal;
  if (screen === null && !options.json)
    throw new UsageError('no-terminal', '`jobs --watch` needs a terminal: add --json elsewhere.');
  const request = retryRequest(await openStack(options), { onLost: () => {}, signal });
  const versions = new Map<string, number>();
  try {
    for (;;) {
      const jobs = await request(({ ledger }) => unfinishedFirst(ledger, options));
      if (options.json) printChanges(jobs, versions, terminal.print);
      else {
        const listed = await request(({ ledger }) => listJobProgress(ledger, jobs));
        if (screen !== null)
          screen.draw(drawJobs(listed, screen.size(), { colour, now: new Date().toISOString() }));
      }
      await sleep(watchMilliseconds, undefined, { signal });
    }
  } catch (error) {
    // Ctrl-C is how a person ends it: the last list stays.
    if (!signal.aborted) throw error;
  }
}

async function unfinishedFirst(ledger: Stack['ledger'], options: JobsOptions): Promise<JobRecord[]> {
  const statuses = statusesOf(options);
  const unfinished: JobRecord[] = [];
  for (const status of ['running', 'queued', 'held'] as const)
    if (statuses.includes(status))
      unfinished.push(...(await lastChangedJobs(ledger, [status], options.limit, isWanted(options))));
  const over = statuses.filter((status) => ['succeeded', 'failed', 'cancelled'].includes(status));
  const room = options.limit - unfinished.length;
  return room > 0
    ? [...unfinished, ...(await lastChangedJobs(ledger, over, room, isWanted(options)))]
    : unfinished.slice(0, options.limit);
}

function printChanges(
  jobs: readonly JobRecord[],
  versions: Map<string, number>,
  print: (line: string) => void,
): void {
  for (const job of jobs) {
    if (versions.get(job.jobId) === job.version) continue;
    versions.set(job.jobId, job.version);
    print(JSON.stringify(job));
  }
}

function statusesOf({ status }: Pick<JobsOptions, 'status'>): readonly JobStatus[] {
  return status ? [status] : jobStatusSchema.options;
}

function isWanted({ tenant, profile }: JobsOptions): (job: JobRecord) => boolean {
  return (job) =>
    (tenant === undefined || tenantOf(job.upload.key) === tenant) &&
    (profile === undefined || profileNameOf(job) === profile);
}

function describeNone({ status, tenant, profile }: JobsOptions): string {
  const which = `${tenant === undefined ? '' : ` of ${tenant}`}${profile === undefined ? '' : ` with the profile ${profile}`}`;
  return status ? `No job${which} is ${status}.` : `There are no jobs${which} yet.`;
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
