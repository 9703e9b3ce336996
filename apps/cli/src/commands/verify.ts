import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PublishedFiles } from '@fyrestream/media';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { ReportedError } from '../describe-error.ts';
import { findJob, outputsOf } from '../ledger/find-job.ts';
import { formatVerification } from '../present/format-verification.ts';
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
    .description('check a published version: that of a job, or a downloaded directory')
    .argument('<job or directory>')
    .option('--json', 'one line of JSON with the checks')
    .action((typed: string, options: VerifyOptions) => verify(typed, options, context));
}

async function verify(typed: string, options: VerifyOptions, { terminal, interrupted }: CommandContext) {
  const files = await findFiles(typed, options, interrupted);
  const { verifyPublished } = await import('@fyrestream/media');
  const { passed, checks, certificate } = await verifyPublished(files);
  terminal.print(
    options.json
      ? JSON.stringify({ version: typed, passed, fileCount: certificate.files.length, checks })
      : formatVerification(checks, certificate.files.length, terminal),
  );
  if (!passed) throw new ReportedError();
}

/** An existing directory takes precedence over a job id. */
async function findFiles(
  typed: string,
  options: VerifyOptions,
  signal: AbortSignal,
): Promise<PublishedFiles> {
  const isDirectory = (await stat(typed).catch(() => null))?.isDirectory() ?? false;
  if (isDirectory) return publishedInFolder(resolve(typed), signal);
  if (typed.includes('/')) throw new UsageError('no-directory', `There is no directory ${typed}.`);
  const stack = await openStack(options);
  return publishedInBucket(stack, outputsOf(await findJob(stack, typed)).prefix, signal);
}
