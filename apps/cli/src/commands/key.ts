import { readEncryptionKey } from '@fyrestream/operations';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { findJob, jobArgument, outputsOf } from '../ledger/find-job.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { UsageError } from '../usage-error.ts';

interface KeyOptions extends StackOptions {
  readonly json?: true;
}

export function addKeyCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('key'))
    .description('show the AES-128 key of an encrypted video, in hexadecimal')
    .argument('<job>', jobArgument)
    .option('--json', 'one line of JSON with the version that the key belongs to')
    .action((typed: string, options: KeyOptions) => showKey(typed, options, context));
}

async function showKey(typed: string, options: KeyOptions, { terminal }: CommandContext): Promise<void> {
  const stack = await openStack(options);
  const job = await findJob(stack, typed);
  const { jobId, publication } = job;
  const key = await readEncryptionKey(stack, outputsOf(job).prefix);
  if (key === null)
    throw new UsageError(
      'no-key',
      `${job.upload.key} of job ${jobId} has no key: it is not encrypted, or this version was removed.`,
    );
  const hexadecimal = Buffer.from(key).toString('hex');
  terminal.print(
    options.json
      ? JSON.stringify({ jobId, token: publication?.token ?? null, method: 'AES-128', key: hexadecimal })
      : hexadecimal,
  );
}
