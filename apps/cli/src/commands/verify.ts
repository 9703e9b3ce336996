import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PublishedFiles } from '@fyrestream/media';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { AlreadyReported } from '../describe-failure.ts';
import { checkJobId, findJob, outputsOf } from '../ledger/find-job.ts';
import { describeVerification } from '../present/describe-verification.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { UsageError } from '../usage-error.ts';
import { publishedInBucket } from '../verify/published-in-bucket.ts';
import { publishedInFolder } from '../verify/published-in-folder.ts';

interface VerifyOptions extends StackOptions {
  readonly json?: true;
}

export function addVerifyCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('verify'))
    .description(
      'check a published version from the outside: what a job published, or a downloaded directory',
    )
    .argument('<id or directory>')
    .option('--json', 'the checks as one line of JSON')
    .action((typed: string, options: VerifyOptions) => verify(typed, options, context));
}

async function verify(typed: string, options: VerifyOptions, { terminal, interrupted }: CommandContext) {
  const files = await findFiles(typed, options, interrupted);
  const { verifyPublished } = await import('@fyrestream/media');
  const { passed, checks, certificate } = await verifyPublished(files);
  terminal.print(
    options.json
      ? JSON.stringify({ version: typed, passed, fileCount: certificate.files.length, checks })
      : describeVerification(checks, certificate.files.length, terminal),
  );
  if (!passed) throw new AlreadyReported();
}

/** What stands there as a directory is meant as one. */
async function findFiles(
  typed: string,
  options: VerifyOptions,
  signal: AbortSignal,
): Promise<PublishedFiles> {
  const isDirectory = (await stat(typed).catch(() => null))?.isDirectory() ?? false;
  if (isDirectory) return publishedInFolder(resolve(typed), signal);
  if (typed.includes('/')) throw new UsageError('no-directory', `There is no directory ${typed}.`);
  const jobId = checkJobId(typed, { orDirectory: true });
  const stack = await openStack(options);
  return publishedInBucket(stack, outputsOf(await findJob(stack, jobId)).prefix, signal);
}
